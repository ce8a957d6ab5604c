"""Co-organizers see and decide their own enterprises, within their quota."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus, Step
from fairapp.applications.models import Application, Remark
from fairapp.applications.service import deciding
from fairapp.database import db, transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer
from tests.features.threads import at_once
from tests.features.world import ACTOR

DESK = "/SIE27/organizer"
BODIES = f"{DESK}/set-up/co-organizers"


@pytest.fixture
def fair(world):
    return world.make_fair()


def sent(world, fair, body, name="Đại Lộc", **values):
    enterprise = world.make_enterprise(legal_name=name, short_name=name)
    return world.make_application(fair, enterprise, co_organizer_id=body.id if body else None, **values)


def test_a_co_organizer_sees_its_own_applications_and_no_others(world, fair):
    own, other = world.make_body(fair), world.make_body(fair)
    sent(world, fair, own, "Đại Lộc")
    sent(world, fair, other, "Sao Mai")
    sent(world, fair, None, "Kim Sơn")
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=own)

    page = client.get(f"{DESK}/applications/").text
    book = client.get(f"{DESK}/applications.xlsx")

    assert "Đại Lộc" in page
    assert "Sao Mai" not in page
    assert "Kim Sơn" not in page
    assert book.status_code == 200
    assert "<b>1</b>" in page  # the counts are its own too


def test_a_co_organizer_without_a_body_sees_no_application(world, fair):
    sent(world, fair, world.make_body(fair))
    sent(world, fair, None, "Sao Mai")
    client = world.sign_in_as(fair, Role.CO_ORGANIZER)

    page = client.get(f"{DESK}/applications/").text

    assert "Đại Lộc" not in page
    assert "Sao Mai" not in page
    assert "has not said yet for which body you act" in client.get(f"{DESK}/").text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""), ("get", "print"), ("get", "scan"), ("post", "accept"), ("post", "waiting-list"),
        ("post", "reject"), ("post", "return"), ("post", "reopen"), ("post", "recommend-for"),
        ("post", "recommend-against"), ("post", "notes"), ("post", "messages"), ("post", "messages/read"),
    ],
)  # fmt: skip
def test_the_application_of_another_body_is_nothing_to_a_co_organizer(world, fair, method, path):
    own, other = world.make_body(fair), world.make_body(fair)
    application = sent(world, fair, other)
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=own)
    data = {"reason": "x", "note-text": "x", "message-text": "x"} if method == "post" else None

    answer = client.open(f"{DESK}/applications/{application.public_id}/{path}", method=method, data=data)

    assert answer.status_code == 404
    assert db.session.get(Application, application.id).status == "applied"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Remark)) == 0


def test_a_co_organizer_does_not_move_applications_to_itself(world, fair):
    own = world.make_body(fair)
    application = sent(world, fair, own)
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=own)

    answer = client.post(f"{DESK}/applications/{application.public_id}/body", data={"body": own.public_id})

    assert answer.status_code == 403


def test_in_a_bulk_decision_the_rows_of_other_bodies_are_left(world, fair):
    own, other = world.make_body(fair), world.make_body(fair)
    mine, theirs = sent(world, fair, own), sent(world, fair, other, "Sao Mai")
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=own)

    client.post(f"{DESK}/applications/decide", data={"step": "accept", "tick": [mine.public_id, theirs.public_id]})

    assert db.session.get(Application, mine.id).status == "accepted"
    assert db.session.get(Application, theirs.id).status == "applied"


def test_a_co_organizer_accepts_within_its_quota_and_then_no_more(world, fair):
    body = world.make_body(fair, quota=1, code="SCT-BN")
    first, second = sent(world, fair, body), sent(world, fair, body, "Sao Mai")
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body)

    accepted = client.post(f"{DESK}/applications/{first.public_id}/accept")
    refused = client.post(f"{DESK}/applications/{second.public_id}/accept")

    assert accepted.status_code == 303
    assert refused.status_code == 409
    assert "The quota of SCT-BN is full: 1 of 1 exhibitors are accepted." in refused.text
    exhibitor = db.session.scalar(sa.select(Exhibitor))
    assert exhibitor.co_organizer_id == body.id


@pytest.mark.parametrize("step", ["waiting-list", "reject", "return"])
def test_a_full_quota_stops_acceptances_only(world, fair, step):
    body = world.make_body(fair, quota=0)
    application = sent(world, fair, body)
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body)

    answer = client.post(f"{DESK}/applications/{application.public_id}/{step}", data={"reason": "x"})

    assert answer.status_code == 303


def test_the_organizer_may_go_beyond_a_quota(world, fair):
    body = world.make_body(fair, quota=0)
    application = sent(world, fair, body)

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(f"{DESK}/applications/{application.public_id}/accept")

    assert answer.status_code == 303


def test_of_many_acceptances_at_once_no_more_pass_than_the_quota_holds(world, fair):
    body = world.make_body(fair, quota=2)
    applications = [sent(world, fair, body, f"Đại Lộc {number}") for number in range(6)]
    fair_id, scope, ids = fair.id, body.id, [one.public_id for one in applications]

    def accept(number):
        deciding.decide(fair_id, ids[number], Step.ACCEPT, scope=scope, actor=ACTOR, now=world.now)
        return "accepted"

    outcomes = at_once(world, len(ids), accept)

    assert sorted(outcomes) == ["accepted"] * 2 + ["quota_full"] * 4
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor)) == 2


def test_who_withdrew_and_co_exhibitors_take_no_place_of_the_quota(world, fair):
    body = world.make_body(fair, quota=2)
    main = world.make_exhibitor(fair, co_organizer_id=body.id)
    world.make_exhibitor(fair, co_organizer_id=body.id, main_exhibitor_id=main.id)
    world.make_exhibitor(fair, co_organizer_id=body.id, withdrawn_at=world.now)
    application = sent(world, fair, body)

    answer = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body).post(
        f"{DESK}/applications/{application.public_id}/accept"
    )

    assert answer.status_code == 303


def test_a_body_that_only_recommends_decides_nothing_and_is_heard(world, fair):
    body = world.make_body(fair, may_decide=False)
    application = sent(world, fair, body)
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body)
    page = f"{DESK}/applications/{application.public_id}"

    refused = client.post(f"{page}/accept")
    client.post(f"{page}/recommend-for", data={"recommend-text": "Hàng tốt"})

    assert refused.status_code == 403
    assert db.session.get(Application, application.id).status == "applied"
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    assert "recommends to accept" in organizer.get(f"{DESK}/applications/?recommended=1").text
    assert "Hàng tốt" in organizer.get(f"{page}/").text
    assert 'value="accept"' not in client.get(f"{DESK}/applications/").text


def test_the_notes_of_organizers_stay_among_them(world, fair):
    body = world.make_body(fair)
    application = sent(world, fair, body)
    page = f"{DESK}/applications/{application.public_id}"
    world.sign_in_as(fair, Role.ORGANIZER).post(f"{page}/notes", data={"note-text": "Nợ phí năm ngoái"})
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body)
    client.post(f"{page}/notes", data={"note-text": "Đã gọi điện"})
    colleague = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body)

    assert "Nợ phí năm ngoái" not in colleague.get(f"{page}/").text
    assert "Đã gọi điện" in colleague.get(f"{page}/").text
    assert "Đã gọi điện" in world.sign_in_as(fair, Role.ORGANIZER).get(f"{page}/").text


FORM = {
    "code": "sct-bn", "name_vi": "Sở Công Thương Bắc Ninh", "name_en": "Bac Ninh department", "country": "VN",
    "quota": "12", "may_decide": "y", "contact_email": "a@b.example",
}  # fmt: skip


def test_an_organizer_adds_changes_and_removes_a_body(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    added = organizer.post(BODIES, data=FORM)
    body = db.session.scalar(sa.select(CoOrganizer))
    changed = organizer.post(f"{BODIES}/{body.public_id}", data={**FORM, "quota": "", "may_decide": ""})

    assert added.status_code == 303
    assert body.code == "SCT-BN"
    assert len(body.invitation) >= 20
    assert changed.status_code == 303
    again = db.session.get(CoOrganizer, body.id)
    assert (again.quota, again.may_decide) == (None, False)
    assert organizer.post(f"{BODIES}/{body.public_id}/remove").status_code == 303
    assert db.session.scalar(sa.select(CoOrganizer)) is None


def test_a_code_is_taken_once_and_everything_typed_stays(world, fair):
    world.make_body(fair, code="SCT-BN")
    other = world.make_body(fair, code="SCT-HN")
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    for address in (BODIES, f"{BODIES}/{other.public_id}"):
        answer = organizer.post(address, data=FORM)

        assert answer.status_code == 409
        assert "There is a co-organizer SCT-BN already." in answer.text
        assert "Bac Ninh department" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"code": ""}, {"code": "a b"}, {"name_vi": ""}, {"quota": "-1"}, {"contact_email": "x"}]
)
def test_a_mistake_stands_beside_its_field(sqlite_world, wrong):
    sqlite_world.make_fair()
    fair = db.session.scalar(sa.select(CoOrganizer))
    assert fair is None
    from fairapp.fairs.models import Fair

    organizer = sqlite_world.sign_in_as(db.session.scalar(sa.select(Fair)), Role.ORGANIZER)

    answer = organizer.post(BODIES, data={**FORM, **wrong})

    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in answer.text


def test_a_body_with_applications_is_not_removed(world, fair):
    body = world.make_body(fair, code="SCT-BN")
    sent(world, fair, body)

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(f"{BODIES}/{body.public_id}/remove")

    assert answer.status_code == 409
    assert "SCT-BN has applications or exhibitors." in answer.text


def test_a_link_that_was_changed_leads_nowhere(world, fair):
    from fairapp.fairs import queries

    body = world.make_body(fair)
    old, fair_id = body.invitation, fair.id
    world.sign_in_as(fair, Role.ORGANIZER).post(f"{BODIES}/{body.public_id}/rotate")

    new = db.session.get(CoOrganizer, body.id).invitation
    assert queries.find_invitation(fair_id, old) is None
    assert queries.find_invitation(fair_id, new).id == body.id


def test_a_link_leads_nowhere_in_another_fair(world, fair):
    from fairapp.fairs import queries

    body, other = world.make_body(fair), world.make_fair("VIF27")

    assert queries.find_invitation(other.id, body.invitation) is None


def test_an_application_and_its_exhibitor_go_to_another_body(world, fair):
    body = world.make_body(fair)
    exhibitor = world.make_exhibitor(fair)
    application = db.session.scalar(sa.select(Application))
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    organizer.post(f"{DESK}/applications/{application.public_id}/body", data={"body": body.public_id})

    assert db.session.get(Application, application.id).co_organizer_id == body.id
    assert db.session.get(Exhibitor, exhibitor.id).co_organizer_id == body.id

    organizer.post(f"{DESK}/applications/{application.public_id}/body", data={"body": ""})

    assert db.session.get(Exhibitor, exhibitor.id).co_organizer_id is None


def test_an_application_does_not_go_to_a_body_of_another_fair(world, fair):
    elsewhere = world.make_body(world.make_fair("VIF27"))
    application = sent(world, fair, None)

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(
        f"{DESK}/applications/{application.public_id}/body", data={"body": elsewhere.public_id}
    )

    assert answer.status_code == 404


def test_the_organizer_sees_what_each_body_has_used(world, fair):
    body = world.make_body(fair, quota=5)
    world.make_exhibitor(fair, co_organizer_id=body.id)
    sent(world, fair, body)

    page = world.sign_in_as(fair, Role.ORGANIZER).get(BODIES).text

    assert "1 of 5" in page


def test_somebody_is_invited_for_a_body_and_given_another(world, fair):
    first, second = world.make_body(fair), world.make_body(fair)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    person = {"full_name": "Lê Thu Hà", "email": "ha@department.example", "role": "co_organizer"}

    without = organizer.post(f"{DESK}/people/", data=person)
    organizer.post(f"{DESK}/people/", data={**person, "body": first.public_id})
    member = db.session.scalar(sa.select(Membership).where(Membership.role == Role.CO_ORGANIZER))

    assert without.status_code == 422
    assert member.co_organizer_id == first.id
    organizer.post(f"{DESK}/people/{member.public_id}/body", data={"body": second.public_id})
    assert db.session.get(Membership, member.id).co_organizer_id == second.id


def test_nobody_gets_a_body_of_another_fair(world, fair):
    elsewhere = world.make_body(world.make_fair("VIF27"))
    member = world.make_member(fair, Role.CO_ORGANIZER).memberships[0]
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post(f"{DESK}/people/{member.public_id}/body", data={"body": elsewhere.public_id})

    assert answer.status_code == 404


def test_only_a_co_organizer_has_a_body(world, fair):
    body = world.make_body(fair)
    member = world.make_member(fair, Role.ORGANIZER).memberships[0]
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post(f"{DESK}/people/{member.public_id}/body", data={"body": body.public_id})

    assert answer.status_code == 409


def test_the_overview_and_the_navigation_count_the_own_enterprises(world, fair):
    own, other = world.make_body(fair, quota=3), world.make_body(fair)
    sent(world, fair, own)
    for number in range(4):
        sent(world, fair, other, f"Sao Mai {number}")
    world.make_exhibitor(fair, co_organizer_id=own.id)
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=own)

    page = client.get(f"{DESK}/").text

    assert "1 application to decide" in page
    assert "1 of 3" in page
    assert 'class="due">1<' in page
    assert f"{DESK}/applications/" in page


def test_a_quota_below_what_is_used_takes_nothing_back(world, fair):
    body = world.make_body(fair, quota=5)
    world.make_exhibitor(fair, co_organizer_id=body.id)
    application = sent(world, fair, body, status=ApplicationStatus.WAITING_LIST)
    with transaction() as session:
        session.get_one(CoOrganizer, body.id).quota = 0

    answer = world.sign_in_as(fair, Role.CO_ORGANIZER, body=body).post(
        f"{DESK}/applications/{application.public_id}/accept"
    )

    assert answer.status_code == 409
    assert "1 of 0 exhibitors" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor)) == 1


def test_a_co_organizer_sees_its_own_exhibitors_and_no_others(world, fair):
    own, other = world.make_body(fair), world.make_body(fair)
    world.make_exhibitor(fair, world.make_enterprise(short_name="Đại Lộc"), co_organizer_id=own.id)
    world.make_exhibitor(fair, world.make_enterprise(short_name="Sao Mai"), co_organizer_id=other.id)
    client = world.sign_in_as(fair, Role.CO_ORGANIZER, body=own)

    page = client.get(f"{DESK}/exhibitors/").text
    book = client.get(f"{DESK}/exhibitors.xlsx?format=csv").text

    assert "Đại Lộc" in page
    assert "Sao Mai" not in page
    assert other.code not in page
    assert len(book.strip().splitlines()) == 2  # the head and one row
    assert f"{DESK}/exhibitors/" in client.get(f"{DESK}/").text
