"""Decisions on applications: by two at once, on many at once, and taken back."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus, Step
from fairapp.applications.models import Application
from fairapp.applications.service import deciding
from fairapp.audit.models import AuditEntry
from fairapp.database import db, transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.mail.models import Mail
from tests.features.threads import at_once
from tests.features.world import ACTOR

DESK = "/SIE27/organizer/applications"


def statuses():
    return sorted(db.session.scalars(sa.select(Application.status)))


def mails():
    return list(db.session.scalars(sa.select(Mail.kind).order_by(Mail.id)))


def exhibitors():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor))


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def decide(client, applications, step, address=f"{DESK}/decide", **values):
    ticks = [one.public_id for one in applications]
    return client.post(address, data={"step": step, "tick": ticks, **values})


def undo_value(answer, client):
    """Return the batch that the toast of the next page offers to undo."""
    page = client.get(answer.location).text
    return page.split('name="batch" value="')[1].split('"')[0]


def test_of_many_who_decide_on_one_application_at_once_exactly_one_succeeds(world, fair):
    application, fair_id = world.make_application(fair), fair.id
    public_id = application.public_id
    steps = [Step.ACCEPT, Step.REJECT, Step.RETURN, Step.ACCEPT]

    def try_it(number):
        deciding.decide(fair_id, public_id, steps[number], reason="x", actor=ACTOR, now=world.now)
        return "decided"

    outcomes = at_once(world, len(steps), try_it)

    # A returned application may still be rejected, so two may follow each other; never two acceptances.
    assert outcomes.count("decided") in (1, 2)
    assert set(outcomes) == {"decided", "application_state"}
    assert exhibitors() == (statuses() == ["accepted"])
    assert len(mails()) == outcomes.count("decided")


def test_who_decides_second_is_told(world, fair, organizer):
    application = world.make_application(fair)
    other = world.sign_in_as(fair, Role.ORGANIZER)
    organizer.post(f"{DESK}/{application.public_id}/accept")

    answer = other.post(f"{DESK}/{application.public_id}/waiting-list")

    assert answer.status_code == 409
    assert "decided in the meantime" in answer.text


def test_ticked_applications_are_accepted_together_with_one_mail_each(world, fair, organizer):
    applications = [world.make_application(fair) for _ in range(3)]
    left = world.make_application(fair)

    answer = decide(organizer, applications, "accept")

    assert answer.status_code == 303
    assert exhibitors() == 3
    assert mails() == ["application_accepted"] * 3
    assert db.session.get(Application, left.id).status == "applied"
    assert "3 applications accepted." in organizer.get(answer.location).text


def test_a_row_that_was_decided_in_the_meantime_is_named_and_the_others_are_decided(world, fair, organizer):
    applications = [world.make_application(fair) for _ in range(3)]
    late = world.make_application(fair, status=ApplicationStatus.WITHDRAWN)

    answer = decide(organizer, [*applications, late], "accept")

    assert answer.status_code == 200
    assert "3 applications accepted." in answer.text
    assert "1 was left as it was:" in answer.text
    assert late.enterprise.legal_name in answer.text
    assert exhibitors() == 3


def test_where_nothing_could_be_decided_the_answer_says_so(world, fair, organizer):
    late = world.make_application(fair, status=ApplicationStatus.WITHDRAWN)

    answer = decide(organizer, [late], "accept")

    assert answer.status_code == 409
    assert late.enterprise.legal_name in answer.text


def test_nothing_ticked_is_refused(world, fair, organizer):
    answer = decide(organizer, [], "accept")

    assert answer.status_code == 422
    assert "Tick at least one application." in answer.text


def test_an_unknown_step_is_refused(world, fair, organizer):
    assert decide(organizer, [world.make_application(fair)], "confirm").status_code == 422
    assert statuses() == ["applied"]


@pytest.mark.parametrize(("step", "status"), [("reject", "rejected"), ("return", "returned")])
def test_a_step_that_needs_a_reason_asks_for_it_and_keeps_who_was_meant(world, fair, organizer, step, status):
    applications = [world.make_application(fair) for _ in range(2)]

    asked = decide(organizer, applications, step)
    ids = asked.text.split('name="ids" type="hidden" value="')[1].split('"')[0]
    without = organizer.post(f"{DESK}/decide", data={"step": step, "ids": ids, "reason": "  "})
    answer = organizer.post(f"{DESK}/decide", data={"step": step, "ids": ids, "reason": "Hết diện tích."})

    assert asked.status_code == 200
    assert sorted(ids.split()) == sorted(one.public_id for one in applications)
    assert without.status_code == 422
    assert "Please fill this in." in without.text
    assert answer.status_code == 303
    assert statuses() == [status] * 2
    assert {one.reason for one in db.session.scalars(sa.select(Application))} == {"Hết diện tích."}


def test_all_that_the_filter_leaves_are_shown_before_they_are_decided(world, fair, organizer):
    meant = [world.make_application(fair, world.make_enterprise(province="27")) for _ in range(2)]
    world.make_application(fair, world.make_enterprise(province="01"))

    asked = decide(organizer, [], "accept", f"{DESK}/decide?province=27&status=applied", all="1")
    ids = asked.text.split('name="ids" type="hidden" value="')[1].split('"')[0]
    answer = organizer.post(f"{DESK}/decide", data={"step": "accept", "ids": ids})

    assert asked.status_code == 200
    assert statuses().count("accepted") == 2
    assert answer.status_code == 303
    assert {one.enterprise_id for one in db.session.scalars(sa.select(Exhibitor))} == {
        one.enterprise_id for one in meant
    }


def test_more_than_one_can_answer_at_once_is_refused_with_the_numbers(world, fair, organizer):
    answer = organizer.post(f"{DESK}/decide", data={"step": "accept", "ids": " ".join(f"{n:012}" for n in range(301))})

    assert answer.status_code == 422
    assert "at most 300 applications at once; these are 301" in answer.text


def test_an_application_of_another_fair_is_not_decided(world, fair, organizer):
    elsewhere = world.make_application(world.make_fair("VIF27"))

    answer = decide(organizer, [elsewhere], "accept")

    assert answer.status_code == 409
    assert db.session.get(Application, elsewhere.id).status == "applied"


def test_a_bulk_acceptance_is_undone_and_the_mails_that_wait_never_leave(world, fair, organizer):
    applications = [world.make_application(fair) for _ in range(2)]
    answer = decide(organizer, applications, "accept")

    undone = organizer.post(f"{DESK}/undo", data={"batch": undo_value(answer, organizer)})

    assert undone.status_code == 303
    assert statuses() == ["applied", "applied"]
    assert exhibitors() == 0
    assert mails() == []
    assert world.run_jobs() == 0


def test_an_undo_after_the_mail_left_tells_the_enterprise(world, fair, organizer):
    application = world.make_application(fair)
    answer = decide(organizer, [application], "accept")
    world.run_jobs()

    organizer.post(f"{DESK}/undo", data={"batch": undo_value(answer, organizer)})

    assert mails() == ["application_accepted", "application_reopened"]


def test_undo_gives_back_the_state_and_the_reason_that_stood_there(world, fair, organizer):
    application = world.make_application(fair, status=ApplicationStatus.RETURNED, reason="Thiếu giấy tờ")
    answer = organizer.post(f"{DESK}/{application.public_id}/reject", data={"reason": "Hết diện tích"})

    organizer.post(f"{DESK}/undo", data={"batch": undo_value(answer, organizer)})

    again = db.session.get(Application, application.id)
    assert (again.status, again.reason) == ("returned", "Thiếu giấy tờ")


def test_undo_leaves_what_somebody_decided_since(world, fair, organizer):
    application = world.make_application(fair)
    answer = organizer.post(f"{DESK}/{application.public_id}/waiting-list")
    batch = undo_value(answer, organizer)
    world.sign_in_as(fair, Role.ORGANIZER).post(f"{DESK}/{application.public_id}/accept")

    undone = organizer.post(f"{DESK}/undo", data={"batch": batch})

    assert statuses() == ["accepted"]
    assert "decided in the meantime" in organizer.get(undone.location).text


def test_undo_leaves_an_exhibitor_that_confirmed_since(world, fair, organizer):
    application = world.make_application(fair)
    batch = undo_value(organizer.post(f"{DESK}/{application.public_id}/accept"), organizer)
    with transaction() as session:
        session.get_one(Application, application.id).status = ApplicationStatus.CONFIRMED

    organizer.post(f"{DESK}/undo", data={"batch": batch})

    assert statuses() == ["confirmed"]
    assert exhibitors() == 1


def test_nobody_undoes_the_decisions_of_somebody_else(world, fair, organizer):
    application = world.make_application(fair)
    batch = undo_value(organizer.post(f"{DESK}/{application.public_id}/accept"), organizer)

    other = world.sign_in_as(fair, Role.ORGANIZER)

    assert other.post(f"{DESK}/undo", data={"batch": batch}).status_code == 409
    assert statuses() == ["accepted"]


@pytest.mark.parametrize("status", ["returned", "waiting_list", "rejected"])
def test_a_decision_is_taken_back_and_waits_for_a_new_one(world, fair, organizer, status):
    application = world.make_application(fair, status=ApplicationStatus(status), reason="x")

    assert organizer.post(f"{DESK}/{application.public_id}/reopen").status_code == 303

    again = db.session.get(Application, application.id)
    assert (again.status, again.reason, again.decided_at) == ("applied", "", None)
    assert mails() == ["application_reopened"]


def test_an_acceptance_is_taken_back_as_long_as_nothing_hangs_on_it(world, fair, organizer):
    application = world.make_application(fair)
    organizer.post(f"{DESK}/{application.public_id}/accept")

    organizer.post(f"{DESK}/{application.public_id}/reopen")

    assert exhibitors() == 0
    assert statuses() == ["applied"]


def test_an_acceptance_stays_once_there_is_staff(world, fair, organizer):
    exhibitor = world.make_exhibitor(fair)
    world.make_staff(exhibitor)
    application = db.session.scalar(sa.select(Application))

    answer = organizer.post(f"{DESK}/{application.public_id}/reopen")

    assert answer.status_code == 409
    assert "has a booth, staff, orders or meetings already" in answer.text
    assert exhibitors() == 1
    assert statuses() == ["accepted"]


def test_an_acceptance_stays_once_there_is_a_booth(world, fair, organizer):
    exhibitor = world.make_exhibitor(fair)
    world.make_booth(world.make_hall(fair))
    organizer.post("/SIE27/organizer/booths/A101/allocate", data={"exhibitor": exhibitor.public_id})
    application = db.session.scalar(sa.select(Application))

    assert organizer.post(f"{DESK}/{application.public_id}/reopen").status_code == 409


def test_a_confirmed_exhibitor_is_not_taken_back(world, fair, organizer):
    application = world.make_application(fair, status=ApplicationStatus.CONFIRMED)

    assert organizer.post(f"{DESK}/{application.public_id}/reopen").status_code == 409


def test_the_trail_says_what_stood_there_before(world, fair, organizer):
    application = world.make_application(fair)
    organizer.post(f"{DESK}/{application.public_id}/waiting-list")
    organizer.post(f"{DESK}/{application.public_id}/reject", data={"reason": "Hết diện tích"})

    entry = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "application.reject"))
    assert entry.facts == {"before": "waiting_list", "reason": "Hết diện tích", "reason_before": ""}
    page = organizer.get(f"{DESK}/{application.public_id}/").text
    assert "rejected the application" in page
    assert "put on the waiting list" in page
