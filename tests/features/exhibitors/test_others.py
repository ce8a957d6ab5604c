"""Links for firms, co-exhibitors, pavilions, contacts, and withdrawal after acceptance."""

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.applications.queries import find_application
from fairapp.badges import service as badges
from fairapp.badges.models import Badge
from fairapp.badges.queries import get_badge
from fairapp.badges.views.cards import badges_pdf, language_of
from fairapp.booths import service as booths
from fairapp.booths.models import Allocation
from fairapp.checkin import service as checkin
from fairapp.checkin.service import Reading
from fairapp.database import db, transaction
from fairapp.exhibitors import queries
from fairapp.exhibitors.models import CoExhibitorState, Delegation, Exhibitor
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.queries import groups
from fairapp.exhibitors.service import changing, delegating, joining, pavilions, withdrawing
from fairapp.exhibitors.service.changing import ContactData
from fairapp.exhibitors.service.delegating import DelegationData
from fairapp.exhibitors.service.joining import CoExhibitorData
from fairapp.exhibitors.service.shared import ExhibitorWithdrawn
from fairapp.fairs.models import Fair
from fairapp.mail.models import Mail
from fairapp.meetings.models import Meeting, MeetingRequest, RequestStatus
from tests.features.threads import at_once
from tests.features.world import ACTOR


@pytest.fixture
def fair(world):
    return world.make_fair(contact_email="organizer@fair.example")


def link(world, exhibitor, **values):
    data = {"name": "Minh Phát", "email": "minh@contractor.example", "may_order": True, "may_list_staff": True}
    return delegating.delegate(
        exhibitor.fair_id,
        exhibitor.id,
        DelegationData(**{**data, "expires_at": world.now + timedelta(days=9), **values}),
        language="en",
        actor=ACTOR,
        now=world.now,
    )


def kinds_of_mail(address):
    return [one.kind for one in db.session.query(Mail).filter_by(to=address).order_by(Mail.id)]


# Links


def test_a_firm_with_a_link_lists_staff_and_the_trail_names_it(world, fair):
    exhibitor = world.make_exhibitor(fair)
    made, client = link(world, exhibitor), world.visitor()
    url = f"/SIE27/act/{made.token}/staff/"
    answer = client.post(url, data={"full_name": "Nam", "kind": "contractor", "contractor": "Minh Phát"})

    assert answer.status_code == 303
    assert [one.full_name for one in queries.list_staff(exhibitor.id)] == ["Nam"]
    assert "Nam" in client.get(url).text
    assert queries.list_history(exhibitor)[0].actor.startswith("Minh Phát (")
    assert db.session.get_one(Delegation, made.id).last_used_at == world.now
    assert kinds_of_mail("minh@contractor.example") == ["delegation_created"]


def test_the_pages_of_a_link_are_found_by_no_search_engine_and_leak_no_address(world, fair):
    answer = world.visitor().get(f"/SIE27/act/{link(world, world.make_exhibitor(fair)).token}/")

    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_firm_may_name_no_contact_and_touch_nobody_who_signs_in(world, fair):
    exhibitor = world.make_exhibitor(fair)
    made, client = link(world, exhibitor), world.visitor()
    person = world.make_staff(exhibitor, account_id=world.make_account().id)
    url = f"/SIE27/act/{made.token}/staff/"
    form = {"full_name": "Nam", "kind": "contact", "email": "nam@contractor.example"}

    assert client.post(url, data=form).status_code == 422
    assert client.post(f"{url}{person.public_id}/remove").status_code == 403


def test_a_revoked_an_expired_and_a_limited_link_say_whom_to_ask(world, fair):
    exhibitor, client = world.make_exhibitor(fair), world.visitor()
    revoked, limited, short = (
        link(world, exhibitor),
        link(world, exhibitor, may_list_staff=False),
        link(world, exhibitor),
    )
    delegating.revoke_delegation(exhibitor.id, revoked.public_id, actor=ACTOR, now=world.now)
    pages = {one.token: client.get(f"/SIE27/act/{one.token}/staff/") for one in (revoked, limited)}

    assert pages[revoked.token].status_code == 410
    assert "Bùi Quốc Long" in pages[revoked.token].text
    assert pages[limited.token].status_code == 403
    delegating.restore_delegation(exhibitor.id, revoked.public_id, actor=ACTOR, now=world.now)
    assert client.get(f"/SIE27/act/{revoked.token}/staff/").status_code == 200
    world.set_clock(2027, 3, 17, 3)
    assert client.get(f"/SIE27/act/{short.token}/").status_code == 410
    assert client.get("/SIE27/act/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"may_order": False, "may_list_staff": False}, "delegation_for_nothing"),
        ({"expires_at": datetime(2026, 1, 1, tzinfo=UTC)}, "delegation_past"),
    ],
)
def test_a_link_is_for_something_and_for_some_time(world, fair, values, code):
    with pytest.raises(delegating.FairError) as refusal:
        link(world, world.make_exhibitor(fair), **values)

    assert refusal.value.code == code


# Co-exhibitors


def co_exhibitor(**values):
    return CoExhibitorData(
        **{
            "country": "JP",
            "tax_code": "JP-12345",
            "legal_name": "日本精工",
            "contact_name": "田中",
            "contact_email": "tanaka@co-exhibitor.example",
            "contact_phone": "",
            "language": "ja",
            **values,
        }
    )


def propose(world, main, **values):
    return joining.propose(main.fair_id, main.public_id, co_exhibitor(**values), actor=ACTOR, now=world.now)


def test_the_organizer_lets_a_proposed_co_exhibitor_take_part(world, fair):
    main = world.make_exhibitor(fair)
    proposal = propose(world, main)
    assert kinds_of_mail("organizer@fair.example") == ["co_exhibitor_proposed"]
    exhibitor = joining.accept_proposal(fair.id, proposal.public_id, actor=ACTOR, now=world.now)

    assert (exhibitor.main_exhibitor_id, exhibitor.state, exhibitor.net_area) == (main.id, "confirmed", 0)
    assert kinds_of_mail("tanaka@co-exhibitor.example") == ["exhibitor_invited"]
    assert kinds_of_mail(main.contact_email) == ["co_exhibitor_accepted"]
    member = db.session.query(Membership).filter_by(enterprise_id=exhibitor.enterprise_id).one()
    assert member.role is Role.EXHIBITOR_CONTACT


def test_a_fair_may_let_co_exhibitors_take_part_at_once(world, fair):
    main = world.make_exhibitor(fair)
    with transaction() as session:
        session.get_one(Fair, fair.id).staff_badges = {"co_exhibitors_at_once": True}

    assert propose(world, main).state is CoExhibitorState.ACCEPTED
    assert len(groups.list_co_exhibitors(main.id)) == 1


def test_a_rejection_is_told_with_its_reason_and_the_enterprise_may_be_named_again(world, fair):
    main = world.make_exhibitor(fair)
    proposal = propose(world, main)
    with pytest.raises(joining.AlreadyProposed):
        propose(world, main)
    joining.reject_proposal(fair.id, proposal.public_id, "Sai ngành", actor=ACTOR, now=world.now)

    assert kinds_of_mail(main.contact_email) == ["co_exhibitor_rejected"]
    with pytest.raises(joining.ProposalDecided):
        joining.accept_proposal(fair.id, proposal.public_id, actor=ACTOR, now=world.now)
    assert propose(world, main).state is CoExhibitorState.PROPOSED


def test_who_takes_part_already_and_who_shares_a_booth_itself_is_refused(world, fair):
    main, other = world.make_exhibitor(fair), world.make_exhibitor(fair)
    with pytest.raises(joining.AlreadyExhibitor):
        propose(world, main, country="VN", tax_code=other.enterprise.tax_code)
    shared = world.make_co_exhibitor(main)
    with pytest.raises(joining.NoMainExhibitor):
        propose(world, shared)


def test_a_co_exhibitor_has_no_booth_of_its_own(world, fair):
    shared = world.make_co_exhibitor(world.make_exhibitor(fair))
    world.make_booth(world.make_hall(fair))

    with pytest.raises(booths.CoExhibitorHasNoBooth):
        booths.allocate(fair.id, "A101", shared.public_id, actor=ACTOR, now=world.now)


def test_the_main_exhibitor_removes_a_co_exhibitor_and_takes_it_back(world, fair):
    enterprise = world.make_enterprise()
    main = world.make_exhibitor(fair, enterprise)
    shared = world.make_co_exhibitor(main)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)
    url = f"/SIE27/exhibitor/staff/co-exhibitors/{shared.public_id}/"

    assert client.post(f"{url}remove").status_code == 303
    assert db.session.get_one(Exhibitor, shared.id).state == "withdrawn"
    assert client.post(f"{url}restore").status_code == 303
    assert db.session.get_one(Exhibitor, shared.id).state == "confirmed"


# Pavilions


def test_a_pavilion_takes_exhibitors_with_their_co_exhibitors(world, fair):
    main = world.make_exhibitor(fair)
    shared = world.make_co_exhibitor(main)
    pavilion = pavilions.create_pavilion(fair.id, {"vi": "Gian Nhật"}, None, actor=ACTOR, now=world.now)
    pavilions.add_member(fair.id, pavilion.public_id, main.public_id, actor=ACTOR, now=world.now)

    assert {one.id for one in groups.list_members(pavilion.id)} == {main.id, shared.id}
    with pytest.raises(pavilions.PavilionNotEmpty):
        pavilions.remove_pavilion(fair.id, pavilion.public_id, actor=ACTOR, now=world.now)
    pavilions.remove_member(fair.id, pavilion.public_id, main.public_id, actor=ACTOR, now=world.now)
    pavilions.remove_pavilion(fair.id, pavilion.public_id, actor=ACTOR, now=world.now)
    assert groups.list_pavilions(fair.id) == []


# Contact and fascia


def contact(**values):
    data = {"contact_name": "Mai", "contact_title": "", "contact_email": "mai@enterprise.example",
            "contact_phone": "0912345678", "language": "en", "fascia_name": "MAI"}  # fmt: skip
    return ContactData(**{**data, **values})


def test_a_fascia_name_is_the_exhibitors_until_the_freeze_and_the_organizers_after(world, fair):
    exhibitor = world.make_exhibitor(fair)

    def change(name, *, by_organizer):
        return changing.change_contact(
            fair.id, exhibitor.public_id, contact(fascia_name=name), by_organizer=by_organizer, actor=ACTOR,
            now=world.now,
        )  # fmt: skip

    assert change("MAI", by_organizer=False).contact_phone == "+84912345678"
    with transaction() as session:
        session.get_one(Fair, fair.id).fascia_freeze_at = world.now
    with pytest.raises(changing.FasciaFrozen):
        change("MAI VN", by_organizer=False)
    assert change("MAI", by_organizer=False).fascia_name == "MAI"
    assert change("MAI VN", by_organizer=True).fascia_name == "MAI VN"


# Withdrawal


def test_a_withdrawal_lets_everything_go_and_can_be_taken_back(world, fair):
    exhibitor = world.make_exhibitor(fair)
    shared = world.make_co_exhibitor(exhibitor)
    world.make_booth(world.make_hall(fair))
    booths.allocate(fair.id, "A101", exhibitor.public_id, actor=ACTOR, now=world.now)
    badge = badges.issue_for_staff(fair.id, world.make_staff(exhibitor).id, actor=ACTOR, now=world.now)
    request = world.make_request(world.make_buyer(fair), exhibitor, status=RequestStatus.ACCEPTED)
    firm = link(world, exhibitor)
    released = withdrawing.withdraw(fair.id, exhibitor.public_id, "Hết ngân sách", actor=ACTOR, now=world.now)

    assert released["booths"] == ["A101"]
    assert released["badges"] == 1
    assert released["requests"] == 1
    assert released["co_exhibitors"] == [shared.enterprise.legal_name]
    assert db.session.query(Allocation).count() == 0
    assert db.session.query(Meeting).count() == 0
    assert db.session.get_one(Badge, badge.id).revoked_reason == "exhibitor_withdrawn"
    assert db.session.get_one(MeetingRequest, request.id).status is RequestStatus.WITHDRAWN
    assert find_application(fair.id, exhibitor.enterprise_id).status is ApplicationStatus.WITHDRAWN
    assert db.session.get_one(Exhibitor, shared.id).state == "withdrawn"
    assert "exhibitor_withdrawn" in kinds_of_mail(exhibitor.contact_email)
    assert "meeting_cancelled" in kinds_of_mail("tanaka@buyer.example")
    assert world.visitor().get(f"/SIE27/exhibitors/{exhibitor.public_id}/").status_code == 404
    assert world.visitor().get(f"/SIE27/act/{firm.token}/").status_code == 410
    with pytest.raises(ExhibitorWithdrawn):
        booths.allocate(fair.id, "A101", exhibitor.public_id, actor=ACTOR, now=world.now)
    withdrawing.take_back(fair.id, exhibitor.public_id, actor=ACTOR, now=world.now)
    assert find_application(fair.id, exhibitor.enterprise_id).status is ApplicationStatus.ACCEPTED
    assert db.session.get_one(Exhibitor, exhibitor.id).state == "accepted"
    world.run_jobs()
    assert all(one.body for one in db.session.query(Mail).filter_by(to=exhibitor.contact_email))


def test_an_exhibitor_asks_and_the_organizer_answers(world, fair):
    enterprise = world.make_enterprise()
    exhibitor = world.make_exhibitor(fair, enterprise)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    assert client.post("/SIE27/exhibitor/contact/withdraw", data={"leave-reason": ""}).status_code == 422
    assert client.post("/SIE27/exhibitor/contact/withdraw", data={"leave-reason": "Bận"}).status_code == 303
    page = f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/"
    assert "Bận" in organizer.get(page).text
    assert kinds_of_mail("organizer@fair.example") == ["withdrawal_asked"]
    assert organizer.post(f"{page}keep").status_code == 303
    assert db.session.get_one(Exhibitor, exhibitor.id).state == "accepted"
    assert organizer.post(f"{page}withdraw", data={"reason": ""}).status_code == 422
    assert organizer.post(f"{page}withdraw", data={"reason": "Bận"}).status_code == 303
    assert "Take the withdrawal back" in organizer.get(page).text


def test_of_two_withdrawals_at_once_one_is_done(world, fair):

    exhibitor = world.make_exhibitor(fair)
    fair_id, public_id, now = fair.id, exhibitor.public_id, world.now

    def withdraw(number):
        withdrawing.withdraw(fair_id, public_id, "x", actor=ACTOR, now=now)
        return "done"

    assert sorted(at_once(world, 2, withdraw)) == ["done", "exhibitor_withdrawn"]


# Settings and lists


def test_the_badge_rules_are_set_once_for_two_who_edit_at_the_same_time(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)
    form = {
        "first_area": 9, "first": 3, "step_area": 18, "step": 2, "co_exhibitor": 1, "contractors_first": 6,
        "contractors_step": 3, "move_in_from": "2027-03-15", "move_in_until": "2027-03-16",
        "move_out_at": "2027-03-18T15:00", "version": "1",
    }  # fmt: skip
    url = "/SIE27/organizer/set-up/badges"

    assert client.post(url, data=form | {"move_in_until": "2027-03-14"}).status_code == 422
    assert client.post(url, data=form).status_code == 303
    saved = db.session.get_one(Fair, fair.id)
    assert (saved.move_in, saved.staff_badges["first"]) == (["2027-03-15", "2027-03-16"], 3)
    assert saved.move_out_at == datetime(2027, 3, 18, 8, tzinfo=UTC)
    assert client.post(url, data=form).status_code == 409


def test_the_guards_list_has_contractors_only(world, fair):
    exhibitor = world.make_exhibitor(fair)
    world.make_staff(exhibitor, full_name="Nam", kind="contractor", contractor="Minh Phát")
    world.make_staff(exhibitor, full_name="Mai")
    page = world.sign_in_as(fair, Role.ORGANIZER).get("/SIE27/organizer/exhibitors/contractors").text

    assert "Nam" in page
    assert "Mai" not in page


def test_a_co_exhibitor_finds_its_pages_without_an_application(world, fair):
    shared = world.make_co_exhibitor(world.make_exhibitor(fair))
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, shared.enterprise)
    page = client.get("/SIE27/exhibitor/", follow_redirects=True)

    assert page.status_code == 200
    assert "holds the contract" in page.text
    assert 'href="/SIE27/exhibitor/booth' not in page.text
    assert client.get("/SIE27/exhibitor/staff/").status_code == 200


def test_whoever_withdrew_and_applied_again_comes_back_as_the_same_exhibitor(world, fair):

    exhibitor = world.make_exhibitor(fair)
    withdrawing.withdraw(fair.id, exhibitor.public_id, "x", actor=ACTOR, now=world.now)
    with transaction() as session:
        application = session.query(Application).filter_by(exhibitor_id=exhibitor.id).one()
        application.status = ApplicationStatus.APPLIED
        public_id = application.public_id
    client = world.sign_in_as(fair, Role.ORGANIZER)

    assert client.post(f"/SIE27/organizer/applications/{public_id}/accept").status_code == 303
    assert db.session.get_one(Exhibitor, exhibitor.id).state == "accepted"


def test_a_contractor_passes_the_gate_on_move_in_and_not_in_the_hours_of_the_fair(world, fair):

    with transaction() as session:
        changed = session.get_one(Fair, fair.id)
        changed.move_in, changed.move_out_at = ["2027-03-16"], datetime(2027, 3, 18, 10, tzinfo=UTC)
    person = world.make_staff(world.make_exhibitor(fair), kind=StaffKind.CONTRACTOR)
    badge = badges.issue_for_staff(fair.id, person.id, actor=ACTOR, now=world.now)
    world.make_gate(fair)
    verdicts = []
    for number, moment in enumerate(
        (
            datetime(2027, 3, 16, 3, tzinfo=UTC),
            datetime(2027, 3, 17, 3, tzinfo=UTC),
            datetime(2027, 3, 18, 11, tzinfo=UTC),
        )
    ):
        reading = Reading(scan_id=f"scan-{number}", text=badge.credential, scanned_at=moment, sent_at=moment)
        verdicts.append(checkin.scan(fair.id, "A1", reading, actor=ACTOR, now=moment).verdict.code.value)

    assert verdicts == ["admitted", "wrong_day", "admitted"]


def test_a_badge_prints_in_the_language_of_its_holder(world, fair):

    exhibitor = world.make_exhibitor(fair, language="ja")
    issued = badges.issue_for_staff(fair.id, world.make_staff(exhibitor).id, actor=ACTOR, now=world.now)
    badge = get_badge(fair.id, issued.public_id)

    assert language_of(badge) == "ja"
    with world.app.test_request_context():
        assert badges_pdf(db.session.get_one(Fair, fair.id), [badge]).startswith(b"%PDF")


def test_a_firm_does_not_put_back_a_contact_whom_the_exhibitor_took_off(world, fair):
    exhibitor = world.make_exhibitor(fair)
    made, client = link(world, exhibitor), world.visitor()
    person = world.make_staff(
        exhibitor, kind=StaffKind.CONTACT, email="former@enterprise.example", removed_at=world.now
    )

    answer = client.post(f"/SIE27/act/{made.token}/staff/{person.public_id}/restore")

    assert answer.status_code == 403
    assert db.session.query(Membership).filter_by(role=Role.EXHIBITOR_CONTACT).count() == 0


@pytest.fixture
def two_hats(world, fair):
    """Contact of one exhibitor, staff of another, and acting for the other."""
    own, other = world.make_exhibitor(fair), world.make_exhibitor(fair)
    account = world.make_member(fair, Role.EXHIBITOR_CONTACT, own.enterprise)
    with transaction() as session:
        session.add(
            Membership(
                account_id=account.id,
                fair_id=fair.id,
                role=Role.EXHIBITOR_STAFF,
                enterprise_id=other.enterprise_id,
                created_at=world.now,
            )
        )
    client = world.sign_in(account)
    client.post(f"/SIE27/exhibitor/act-for/{other.enterprise.public_id}")
    return own, other, client


@pytest.mark.parametrize("page", ["application", "messages", "application.pdf", "contact", "staff/links/", "profile"])
def test_the_contact_of_one_exhibitor_is_no_contact_of_another(two_hats, page):
    _own, _other, client = two_hats

    assert client.get(f"/SIE27/exhibitor/{page}").status_code == 403
    assert client.get("/SIE27/exhibitor/staff/").status_code == 200


def test_what_a_contact_does_is_never_done_for_an_exhibitor_it_does_not_act_for(world, two_hats):
    own, other, client = two_hats
    form = {"full_name": "Nam", "kind": "staff"}

    assert client.post("/SIE27/exhibitor/staff/", data=form).status_code == 403
    assert client.post("/SIE27/exhibitor/booth/", data={"choice_1": "A101"}).status_code == 403
    assert [queries.list_staff(one.id) for one in (own, other)] == [[], []]

    client.post(f"/SIE27/exhibitor/act-for/{own.enterprise.public_id}")
    assert client.post("/SIE27/exhibitor/staff/", data=form).status_code == 303
    assert [len(queries.list_staff(one.id)) for one in (own, other)] == [1, 0]
