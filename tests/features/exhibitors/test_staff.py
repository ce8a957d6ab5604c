"""The staff list: typed, pasted and imported, within the quota, with badges and sign-ins."""

import io

import pytest

from fairapp.accounts.models import Account, Membership
from fairapp.accounts.policy import Role
from fairapp.badges import service as badges
from fairapp.badges.models import Badge
from fairapp.database import db, transaction
from fairapp.exhibitors import queries
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffData, StaffKind
from fairapp.exhibitors.quota import BadgesUsedUp, ExtraBadgesToAgree
from fairapp.exhibitors.service import staff as service
from fairapp.exhibitors.service.access import AccessNeedsEmail, LastContact
from fairapp.fairs.models import Fair
from fairapp.mail.models import Mail
from tests.domain.files.test_sheets import workbook
from tests.features.counting import count_queries
from tests.features.threads import at_once
from tests.features.world import ACTOR


def add(world, exhibitor, *people, **values):
    return service.add_staff(
        exhibitor.fair_id, exhibitor.public_id, people, **{"actor": ACTOR, "now": world.now, **values}
    )


def names(exhibitor):
    return [one.full_name for one in queries.list_staff(exhibitor.id)]


def rule(fair, **values):
    with transaction() as session:
        session.get_one(Fair, fair.id).staff_badges = values


def test_people_are_listed_by_kind_and_name(world):
    exhibitor = world.make_exhibitor(world.make_fair())
    add(
        world,
        exhibitor,
        StaffData(full_name="Nam", kind=StaffKind.CONTRACTOR, contractor="Minh Phát"),
        StaffData(full_name="Mai"),
        StaffData(full_name="Zung", kind=StaffKind.CONTACT, email="zung@enterprise.example"),
    )

    assert names(exhibitor) == ["Zung", "Mai", "Nam"]


def test_a_badge_beyond_the_free_ones_must_be_agreed_to(world):
    exhibitor = world.make_exhibitor(world.make_fair())
    add(world, exhibitor, StaffData(full_name="Mai"), StaffData(full_name="Nam"), price=100_000)

    with pytest.raises(ExtraBadgesToAgree):
        add(world, exhibitor, StaffData(full_name="Long"), price=100_000)
    add(world, exhibitor, StaffData(full_name="Long"), price=100_000, extra_agreed=True)

    assert names(exhibitor) == ["Long", "Mai", "Nam"]


def test_of_rivals_for_the_last_badge_one_gets_it(world):
    fair = world.make_fair()
    rule(fair, most_extra=0)
    exhibitor = world.make_exhibitor(fair)
    add(world, exhibitor, StaffData(full_name="Mai"))
    fair_id, public_id, exhibitor_id, now = fair.id, exhibitor.public_id, exhibitor.id, world.now

    def try_to(number):
        service.add_staff(fair_id, public_id, [StaffData(full_name=f"Rival {number}")], actor=ACTOR, now=now)
        return "added"

    assert sorted(at_once(world, 4, try_to)) == ["added", "badges_used_up", "badges_used_up", "badges_used_up"]
    assert len(queries.list_staff(exhibitor_id)) == 2


def test_an_exhibitors_own_limit_and_free_badges_outweigh_the_area(world):
    exhibitor = world.make_exhibitor(world.make_fair(), free_badges=1, badge_limit=1)
    add(world, exhibitor, StaffData(full_name="Mai"))

    with pytest.raises(BadgesUsedUp):
        add(world, exhibitor, StaffData(full_name="Nam"), extra_agreed=True)


def test_allocated_booths_give_badges_by_their_area(world):
    from fairapp.booths import service as booths

    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    hall = world.make_hall(fair)
    for number in (1, 2, 3):
        code = world.make_booth(hall, f"A10{number}", x=3 * number).code
        booths.allocate(fair.id, code, exhibitor.public_id, actor=ACTOR, now=world.now)

    assert queries.standing_of(fair, db.session.get_one(Exhibitor, exhibitor.id)).quota.free == 4
    booths.release(fair.id, "A101", actor=ACTOR, now=world.now)
    assert queries.standing_of(fair, db.session.get_one(Exhibitor, exhibitor.id)).quota.free == 3


def test_a_contact_is_invited_and_gets_an_account_once(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    data = StaffData(full_name="Zung", kind=StaffKind.CONTACT, email="zung@enterprise.example")
    [person] = add(world, exhibitor, data)

    account = db.session.query(Account).filter_by(email="zung@enterprise.example").one()
    assert person.account_id == account.id
    assert [one.role for one in account.memberships] == [Role.EXHIBITOR_CONTACT]
    assert [one.kind for one in db.session.query(Mail).filter_by(to="zung@enterprise.example")] == ["exhibitor_invited"]
    service.update_staff(fair.id, exhibitor.public_id, person.public_id, data, actor=ACTOR, now=world.now)
    assert db.session.query(Mail).filter_by(to="zung@enterprise.example").count() == 1


def test_somebody_who_signs_in_needs_a_mail_address(world):
    exhibitor = world.make_exhibitor(world.make_fair())

    with pytest.raises(AccessNeedsEmail):
        add(world, exhibitor, StaffData(full_name="Zung", kind=StaffKind.CONTACT))
    with pytest.raises(AccessNeedsEmail):
        add(world, exhibitor, StaffData(full_name="Zung", access=True))


def test_removal_revokes_badge_and_sign_in_and_can_be_taken_back(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    [person] = add(world, exhibitor, StaffData(full_name="Mai", email="mai@enterprise.example", access=True))
    badge = badges.issue_for_staff(fair.id, person.id, actor=ACTOR, now=world.now)
    service.remove_staff(fair.id, exhibitor.public_id, person.public_id, actor=ACTOR, now=world.now)
    world.run_jobs()

    assert names(exhibitor) == []
    assert db.session.get_one(Badge, badge.id).revoked_reason == "off_the_list"
    assert db.session.query(Membership).filter_by(role=Role.EXHIBITOR_STAFF).count() == 0
    with pytest.raises(badges.OffTheList):
        badges.issue_for_staff(fair.id, person.id, actor=ACTOR, now=world.now)
    service.restore_staff(fair.id, exhibitor.public_id, person.public_id, access=True, actor=ACTOR, now=world.now)
    assert names(exhibitor) == ["Mai"]
    assert db.session.query(Membership).filter_by(role=Role.EXHIBITOR_STAFF).count() == 1
    assert badges.issue_for_staff(fair.id, person.id, actor=ACTOR, now=world.now).serial != badge.serial


def test_the_last_contact_stays(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    data = StaffData(full_name="Zung", kind=StaffKind.CONTACT, email="zung@enterprise.example")
    [person] = add(world, exhibitor, data)

    with pytest.raises(LastContact):
        service.remove_staff(fair.id, exhibitor.public_id, person.public_id, actor=ACTOR, now=world.now)
    assert names(exhibitor) == ["Zung"]


def test_of_two_contacts_who_remove_each_other_at_once_one_stays(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    people = add(
        world,
        exhibitor,
        StaffData(full_name="A", kind=StaffKind.CONTACT, email="a@enterprise.example"),
        StaffData(full_name="B", kind=StaffKind.CONTACT, email="b@enterprise.example"),
    )
    fair_id, public_id, ids, now = fair.id, exhibitor.public_id, [one.public_id for one in people], world.now

    def remove(number):
        service.remove_staff(fair_id, public_id, ids[number], actor=ACTOR, now=now)
        return "removed"

    assert sorted(at_once(world, 2, remove)) == ["last_contact", "removed"]


def test_a_changed_name_makes_a_new_badge(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    [person] = add(world, exhibitor, StaffData(full_name="Mai"))
    badge = badges.issue_for_staff(fair.id, person.id, actor=ACTOR, now=world.now)
    service.update_staff(
        fair.id, exhibitor.public_id, person.public_id, StaffData(full_name="Lê Thị Mai"), actor=ACTOR, now=world.now
    )
    world.run_jobs()

    old = db.session.get_one(Badge, badge.id)
    assert (old.revoked_reason, old.replaced_by.full_name) == ("reprint", "Lê Thị Mai")


def test_a_contractors_badge_has_no_fair_day_and_names_the_firm(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    [person] = add(world, exhibitor, StaffData(full_name="Nam", kind=StaffKind.CONTRACTOR, contractor="Minh Phát"))
    badge = badges.issue_for_staff(fair.id, person.id, actor=ACTOR, now=world.now)

    assert (badge.category, badge.days, badge.enterprise_name) == ("contractor", 0, "Minh Phát")


@pytest.fixture
def desk(world):
    fair = world.make_fair()
    enterprise = world.make_enterprise()
    exhibitor = world.make_exhibitor(fair, enterprise)
    return exhibitor, world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)


def test_the_page_lists_adds_changes_and_removes(world, desk):
    exhibitor, client = desk
    form = {"full_name": "Mai", "kind": "staff", "phone": "0912345678"}

    assert client.post("/SIE27/exhibitor/staff/", data=form).status_code == 303
    [person] = queries.list_staff(exhibitor.id)
    page = client.get("/SIE27/exhibitor/staff/").text
    assert "Mai" in page
    assert "0912 345 678" in page
    url = f"/SIE27/exhibitor/staff/{person.public_id}/"
    assert client.post(url, data=form | {"full_name": "Lê Thị Mai"}).status_code == 303
    assert names(exhibitor) == ["Lê Thị Mai"]
    assert client.post(f"{url}remove").status_code == 303
    assert names(exhibitor) == []


def test_a_mistake_is_shown_beside_its_field_and_nothing_typed_is_lost(world, desk):
    _, client = desk
    answer = client.post("/SIE27/exhibitor/staff/", data={"full_name": "Mai", "kind": "contact", "phone": "12"})

    assert answer.status_code == 422
    assert 'value="Mai"' in answer.text
    assert "This is not a phone number" in answer.text


ROWS = "Mai; Kỹ sư; mai@enterprise.example; 0912345678\nNam; Thợ; not a mail; 12\n"


def test_pasted_rows_are_looked_at_first_and_bad_ones_stay_to_be_mended(world, desk):
    exhibitor, client = desk
    url, form = "/SIE27/exhibitor/staff/paste", {"kind": "staff", "rows": ROWS}
    page = client.post(url, data=form | {"action": "check"})

    assert page.status_code == 200
    assert "This is not a mail address. This is not a phone number." in page.text
    assert names(exhibitor) == []
    page = client.post(url, data=form | {"action": "add"})
    assert names(exhibitor) == ["Mai"]
    assert "not a mail" in page.text
    assert "mai@enterprise.example" not in page.text


def test_a_workbook_is_imported_and_its_bad_rows_come_back_as_one(world, desk):
    exhibitor, client = desk
    content = workbook(("STT", "Họ và tên", "Điện thoại"), (1, "Mai", 912345678), (2, "Nam", "12"))
    form = {"kind": "staff", "rows": "", "action": "add", "file": (io.BytesIO(content), "staff.xlsx")}
    page = client.post("/SIE27/exhibitor/staff/paste", data=form)

    assert page.status_code == 200
    assert names(exhibitor) == ["Mai"]
    faults = client.post("/SIE27/exhibitor/staff/paste/errors.xlsx", data={"kind": "staff", "rows": "Nam;;;12"})
    assert faults.content_type.startswith("application/vnd.openxmlformats")


def test_a_file_that_is_no_table_is_refused_at_its_field(world, desk):
    _, client = desk
    form = {"kind": "staff", "rows": "kept", "file": (io.BytesIO(b"\x00\x01"), "staff.xlsx")}
    page = client.post("/SIE27/exhibitor/staff/paste", data=form)

    assert page.status_code == 422
    assert "neither a workbook nor a text" in page.text
    assert "kept" in page.text


def test_the_list_costs_the_same_for_one_or_many(world, desk):
    exhibitor, client = desk
    counts = []
    for number in range(2):
        for other in range(1 + 4 * number):
            world.make_staff(exhibitor, full_name=f"Person {number} {other}", account_id=None)
        with count_queries(world) as statements:
            client.get("/SIE27/exhibitor/staff/")
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_staff_of_another_exhibitor_is_out_of_reach(world, desk):
    exhibitor, client = desk
    other = world.make_staff(world.make_exhibitor(db.session.get_one(Fair, exhibitor.fair_id)))

    assert client.get(f"/SIE27/exhibitor/staff/{other.public_id}/").status_code == 404
    assert client.get(f"/SIE27/exhibitor/staff/{other.public_id}/badge.pdf").status_code == 404
    assert db.session.get_one(ExhibitorStaff, other.id).removed_at is None
