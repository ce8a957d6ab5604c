"""An exhibitor does what the manual asks; the organizer sees who is late."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor, StaffKind
from fairapp.fees.models import Payment, PaymentRequest, RequestKind
from fairapp.files import service as files
from fairapp.jobs.models import Job
from fairapp.mail.models import Mail
from fairapp.manual.actions import TaskAction
from fairapp.manual.models import TaskAnswer, TaskReminder
from fairapp.manual.progress import TaskState
from fairapp.manual.queries import standing
from fairapp.manual.service import answering
from tests.features.counting import count_queries
from tests.features.files.test_storing import png
from tests.features.threads import at_once
from tests.features.world import ACTOR

OWN = "/SIE27/exhibitor/manual/"
DEADLINE = datetime(2027, 3, 3, 10, tzinfo=UTC)
LONG_AGO = datetime(2026, 10, 1, tzinfo=UTC)
"""When exhibitors were accepted who have had their time."""


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def enterprise(world):
    return world.make_enterprise()


@pytest.fixture
def exhibitor(world, fair, enterprise):
    return world.make_exhibitor(fair, enterprise, accepted_at=LONG_AGO)


@pytest.fixture
def contact(world, fair, enterprise, exhibitor):
    return world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def answer_of(task, exhibitor):
    db.session.rollback()
    return standing.find_answer(task.id, exhibitor.id)


def state_of(world, fair, task, exhibitor):
    db.session.rollback()
    (row,) = standing.board(fair, [task], now=world.now, exhibitor_id=exhibitor.id)
    return row.standings[task.id].state


def send(contact, task, **values):
    name = task.public_id
    return contact.post(f"{OWN}{name}", data={f"{name}-{field}": value for field, value in values.items()})


def test_an_answer_in_words_is_noted_with_who_gave_it(world, fair, exhibitor, contact):
    task = world.make_task(fair)
    assert "0 of 1 done" in contact.get(OWN).text

    assert send(contact, task, text="Máy phay 4,8 tấn").status_code == 303

    answer = answer_of(task, exhibitor)
    assert (answer.text, answer.answered_at) == ("Máy phay 4,8 tấn", world.now)
    assert answer.answered_by.startswith("Person ")
    page = contact.get(OWN).text
    assert "1 of 1 done" in page
    assert "Máy phay 4,8 tấn" in page


def test_a_file_is_kept_by_its_content_and_comes_back(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair, action=TaskAction.UPLOAD)

    assert send(contact, task, file=(io.BytesIO(png()), "power.pdf")).status_code == 303

    assert answer_of(task, exhibitor).file.name == "power.png"
    assert contact.get(f"{OWN}{task.public_id}/file").data == png()
    url = f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/manual/{task.public_id}/file"
    assert organizer.get(url).data == png()


@pytest.mark.parametrize(
    ("action", "values", "field"),
    [
        (TaskAction.TEXT, {"text": "   "}, "text"),
        (TaskAction.UPLOAD, {"text": "Keep this note"}, "file"),
        (TaskAction.CONFIRM, {"text": "Keep this note"}, "sure"),
    ],
)
def test_half_an_answer_is_told_beside_the_field_and_what_was_typed_stays(
    world, fair, exhibitor, contact, action, values, field
):
    task = world.make_task(fair, action=action)

    answer = send(contact, task, **values)

    assert answer.status_code == 422
    assert f'id="{task.public_id}-{field}-error"' in answer.text
    assert values["text"].strip() in answer.text
    assert answer_of(task, exhibitor) is None


def test_a_picture_with_a_script_is_refused(world, fair, exhibitor, contact):
    task = world.make_task(fair, action=TaskAction.UPLOAD)

    answer = send(contact, task, file=(io.BytesIO(b"<svg><script/></svg>"), "plan.png"))

    assert answer.status_code == 415
    assert f'id="{task.public_id}-file-error"' in answer.text


def test_a_late_answer_counts_and_says_that_it_was_late(world, fair, exhibitor, contact):
    task = world.make_task(fair, deadline=world.now - timedelta(days=1))
    assert "1 task is late" in contact.get(OWN).text

    send(contact, task, text="Sorry")

    page = contact.get(OWN).text
    assert "after the deadline" in page
    assert "1 of 1 done" in page


def test_after_the_fair_nothing_is_answered(world, fair, exhibitor, contact):
    task = world.make_task(fair)
    world.set_clock(2027, 3, 18, 18)

    answer = send(contact, task, text="Too late")

    assert answer.status_code == 409
    assert "The fair is over" in answer.text


def test_what_is_done_elsewhere_shows_by_itself_and_cannot_be_ticked(world, fair, exhibitor, contact):
    task = world.make_task(fair, action=TaskAction.STAFF)
    assert state_of(world, fair, task, exhibitor) is TaskState.OPEN
    assert send(contact, task, sure="y").status_code == 409

    world.make_staff(exhibitor, kind=StaffKind.CONTRACTOR)
    assert state_of(world, fair, task, exhibitor) is TaskState.OPEN
    world.make_staff(exhibitor)
    assert state_of(world, fair, task, exhibitor) is TaskState.DONE


def test_who_has_nothing_to_order_says_so(world, fair, exhibitor, contact):
    task = world.make_task(fair, action=TaskAction.ORDERS)
    assert "We order nothing" in contact.get(OWN).text

    send(contact, task, sure="y")

    assert state_of(world, fair, task, exhibitor) is TaskState.DONE


def test_a_certificate_counts_with_its_file(world, fair, enterprise, exhibitor):
    task = world.make_task(fair, action=TaskAction.CERTIFICATES)
    certificate = world.make_certificate(enterprise)
    assert state_of(world, fair, task, exhibitor) is TaskState.OPEN

    with transaction() as session:
        file = files.store(session, png(), name="a.png", content_type="image/png", fair_id=None, now=world.now)
        session.merge(certificate).file_id = file.id

    assert state_of(world, fair, task, exhibitor) is TaskState.DONE


def test_the_catalogue_text_is_there_in_vietnamese_and_english_or_it_is_not(world, fair):
    task = world.make_task(fair, action=TaskAction.CATALOGUE_TEXT)
    half = world.make_exhibitor(fair, world.make_enterprise(summary={"vi": "Ép nhựa"}), accepted_at=LONG_AGO)
    whole = world.make_exhibitor(
        fair, world.make_enterprise(summary={"vi": "Ép nhựa", "en": "Moulding"}), accepted_at=LONG_AGO
    )

    assert state_of(world, fair, task, half) is TaskState.OPEN
    assert state_of(world, fair, task, whole) is TaskState.DONE


def test_payment_waits_until_it_was_asked_for_and_is_done_when_all_has_come(world, fair, exhibitor):
    task = world.make_task(fair, action=TaskAction.PAYMENT)
    assert state_of(world, fair, task, exhibitor) is TaskState.NOT_YET

    with transaction() as session:
        request = PaymentRequest(
            fair_id=fair.id, exhibitor_id=exhibitor.id, number=1, kind=RequestKind.FULL, reference="SIE27X1",
            amount=30_000_000, statement={}, rules_number=1, due_on=fair.starts_on, issued_at=world.now,
        )  # fmt: skip
        session.add(request)
    assert state_of(world, fair, task, exhibitor) is TaskState.OPEN
    for amount, state in ((29_999_999, TaskState.OPEN), (1, TaskState.DONE)):
        with transaction() as session:
            session.add(
                Payment(
                    fair_id=fair.id,
                    exhibitor_id=exhibitor.id,
                    amount=amount,
                    paid_on=fair.starts_on,
                    recorded_at=world.now,
                )
            )
        assert state_of(world, fair, task, exhibitor) is state


def test_parts_for_other_kinds_are_neither_shown_nor_answered(world, fair, exhibitor, contact):
    task = world.make_task(fair, kinds=["raw_space"], title={"en": "Power plan"})
    world.make_section(fair, kinds=["raw_space"], title={"en": "Own building"})
    world.make_section(fair, kinds=["shell_scheme"], title={"en": "White walls"})

    page = contact.get(OWN).text

    assert ("Power plan" in page, "Own building" in page, "White walls" in page) == (False, False, True)
    assert send(contact, task, text="x").status_code == 404


def test_staff_read_the_checklist_and_answer_nothing(world, fair, enterprise, exhibitor):
    task = world.make_task(fair)
    staff = world.sign_in_as(fair, Role.EXHIBITOR_STAFF, enterprise)

    page = staff.get(OWN).text

    assert "Heavy exhibits" in page
    assert f"{task.public_id}-text" not in page
    assert send(staff, task, text="x").status_code == 403


def test_a_file_of_another_exhibitor_is_not_readable(world, fair, exhibitor, contact):
    task = world.make_task(fair, action=TaskAction.UPLOAD)
    other = world.make_enterprise()
    world.make_exhibitor(fair, other, accepted_at=LONG_AGO)
    send(world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, other), task, file=(io.BytesIO(png()), "p.png"))

    assert contact.get(f"{OWN}{task.public_id}/file").status_code == 404


def test_two_answers_at_the_same_moment_are_one(world, fair, exhibitor):
    task = world.make_task(fair)

    ids, now = (fair.id, exhibitor.id, task.public_id), world.now

    def answer(number):
        answering.answer(*ids, text=str(number), actor=ACTOR, now=now)

    at_once(world, 4, answer)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(TaskAnswer)) == 1


# The organizer


def desk(exhibitor, task, what):
    return f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/manual/{task.public_id}/{what}"


def test_an_answer_goes_back_with_a_reason_and_the_exhibitor_replies(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair)
    send(contact, task, text="4 tons")

    answer = organizer.post(desk(exhibitor, task, "return"), data={"reason": "Which machine?"})

    assert answer.status_code == 303
    world.run_jobs()
    mail = db.session.scalar(sa.select(Mail).where(Mail.kind == "task_returned"))
    assert (mail.to, mail.enterprise_id) == (exhibitor.contact_email, exhibitor.enterprise_id)
    assert "Which machine?" in mail.body
    assert "Which machine?" in contact.get(OWN).text
    send(contact, task, text="Milling machine, 4 tons")
    assert state_of(world, fair, task, exhibitor) is TaskState.DONE
    assert answer_of(task, exhibitor).returned_reason == ""


def test_a_return_that_was_taken_back_leaves_the_answer_and_no_mail(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair)
    send(contact, task, text="4 tons")
    organizer.post(desk(exhibitor, task, "return"), data={"reason": "By mistake"})

    assert organizer.post(desk(exhibitor, task, "pass")).status_code == 303

    world.run_jobs()
    assert state_of(world, fair, task, exhibitor) is TaskState.DONE
    assert db.session.scalar(sa.select(Mail).where(Mail.kind == "task_returned")) is None


def test_a_return_needs_a_reason_and_an_answer(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair)
    assert organizer.post(desk(exhibitor, task, "return"), data={"reason": "Why"}).status_code == 409
    send(contact, task, text="4 tons")

    answer = organizer.post(desk(exhibitor, task, "return"), data={"reason": "  "})

    assert answer.status_code == 422
    assert f'id="reason-{exhibitor.public_id}-{task.public_id}-error"' in answer.text


def test_what_was_done_on_another_page_can_go_back_too(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair, action=TaskAction.FASCIA)
    assert state_of(world, fair, task, exhibitor) is TaskState.DONE

    organizer.post(desk(exhibitor, task, "return"), data={"reason": "Not the registered name"})
    assert state_of(world, fair, task, exhibitor) is TaskState.RETURNED
    send(contact, task, sure="y")

    assert state_of(world, fair, task, exhibitor) is TaskState.DONE


def test_a_task_is_waived_and_asked_for_again(world, fair, exhibitor, organizer):
    task = world.make_task(fair, deadline=world.now - timedelta(days=1))

    answer = organizer.post(desk(exhibitor, task, "waive"), follow_redirects=True)

    assert "data-undo" in answer.text
    assert state_of(world, fair, task, exhibitor) is TaskState.WAIVED
    organizer.post(desk(exhibitor, task, "ask"))
    assert state_of(world, fair, task, exhibitor) is TaskState.LATE


def test_the_organizer_sees_who_is_late_by_task_hall_and_name(world, fair, contact, exhibitor, organizer):
    task = world.make_task(fair, deadline=world.now - timedelta(days=1))
    late = world.make_exhibitor(fair, world.make_enterprise(short_name="Đại Phát"), accepted_at=LONG_AGO)
    withdrawn = world.make_exhibitor(
        fair, world.make_enterprise(short_name="Gone"), withdrawn_at=world.now, accepted_at=LONG_AGO
    )
    send(contact, task, text="done")
    url = "/SIE27/organizer/manual/progress/"

    everybody = organizer.get(url).text
    found = organizer.get(f"{url}?state=late&q=dai+phat").text
    none = organizer.get(f"{url}?state=late&task={task.public_id}&q=nobody").text

    assert ("Đại Phát" in everybody, withdrawn.public_id in everybody) == (True, False)
    assert late.public_id in found
    assert "Nobody here" in none
    answers = organizer.get(f"/SIE27/organizer/manual/tasks/{task.public_id}/?state=done").text
    assert exhibitor.public_id in answers
    assert late.public_id not in answers
    sheet = organizer.get("/SIE27/organizer/manual/progress.xlsx?state=late")
    assert sheet.content_type.endswith("spreadsheetml.sheet")


def test_the_board_costs_the_same_for_few_or_many(world, fair, organizer):
    world.make_task(fair)
    world.make_task(fair, action=TaskAction.PROFILE)
    costs = []
    for count in (20, 600):
        fill(world, fair, count)
        with count_queries(world) as statements:
            assert organizer.get("/SIE27/organizer/manual/progress/").status_code == 200
        costs.append(len(statements))

    assert costs[0] == costs[1]


def fill(world, fair, count):
    """Make many exhibitors at once."""
    with transaction() as session:
        enterprises = [
            Enterprise(legal_name=f"Công ty {number}", tax_code=f"T{count}-{number}", country="JP")
            for number in range(count)
        ]
        session.add_all(enterprises)
        session.flush()
        session.add_all(
            Exhibitor(
                fair_id=fair.id,
                enterprise_id=one.id,
                contact_name="Long",
                contact_email=f"e{one.id}@x.example",
                accepted_at=world.now,
            )
            for one in enterprises
        )


def test_all_files_of_a_task_come_in_one_archive(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair, action=TaskAction.UPLOAD)
    send(contact, task, file=(io.BytesIO(png()), "power.png"))

    answer = organizer.post(f"/SIE27/organizer/manual/tasks/{task.public_id}/files")
    world.run_jobs()

    assert answer.status_code == 303
    job = db.session.scalar(sa.select(Job).where(Job.name == "manual.files"))
    with zipfile.ZipFile(io.BytesIO(files.read(job.file))) as archive:
        (name,) = archive.namelist()
        assert name.startswith("001-")
        assert archive.read(name) == png()


# Reminders


def remind(world):
    """Let the day's jobs come."""
    from fairapp.jobs import service as jobs

    with world.app.app_context():
        jobs.enqueue_daily(now=world.now)
    world.run_jobs()
    return db.session.scalars(sa.select(Mail).where(Mail.kind == "task_reminder").order_by(Mail.id)).all()


def test_reminders_go_out_seven_two_and_one_day_before_and_once_after(world, fair, exhibitor):
    world.make_task(fair, deadline=DEADLINE)
    sent = []
    for days in range(10, -6, -1):
        world.app.config["CLOCK"].now = DEADLINE - timedelta(days=days, hours=8)
        before = len(sent)
        sent = remind(world)
        if len(sent) > before:
            sent_on = days
            assert sent_on in (7, 2, 1, -1)

    assert len(sent) == 4
    assert sorted(db.session.scalars(sa.select(TaskReminder.days_before))) == [-1, 1, 2, 7]


def test_one_mail_lists_everything_that_is_open_in_the_language_of_the_contact(world, fair):
    exhibitor = world.make_exhibitor(fair, language="en", accepted_at=LONG_AGO)
    world.make_task(fair, title={"en": "Power plan"}, deadline=world.now + timedelta(days=2))
    world.make_task(fair, title={"en": "Rules read"}, deadline=world.now + timedelta(days=30))
    world.make_task(fair, title={"en": "Raw only"}, kinds=["raw_space"], deadline=world.now + timedelta(days=2))
    world.make_task(fair, title={"en": "Voluntary"}, required=False, deadline=world.now + timedelta(days=2))

    (mail,) = remind(world)

    assert (mail.to, mail.language) == (exhibitor.contact_email, "en")
    assert "- Power plan: Nov 25, 2026\n- Rules read: Dec 23, 2026\n" in mail.body
    assert "Raw only" not in mail.body
    assert "Voluntary" not in mail.body
    assert f"http://fair.example{OWN}" in mail.body


def test_nobody_is_reminded_who_is_done_or_let_off_or_has_withdrawn(world, fair, exhibitor, contact, organizer):
    task = world.make_task(fair, deadline=world.now + timedelta(days=2))
    send(contact, task, text="done")
    waived = world.make_exhibitor(fair, accepted_at=LONG_AGO)
    organizer.post(desk(waived, task, "waive"))
    world.make_exhibitor(fair, withdrawn_at=world.now, accepted_at=LONG_AGO)
    world.make_exhibitor(fair, contact_email="", accepted_at=LONG_AGO)

    assert remind(world) == []


def test_reminders_that_are_switched_off_stay_at_home(world, exhibitor, fair):
    with transaction() as session:
        session.merge(fair).task_reminders = [7, 1]
    world.make_task(fair, deadline=world.now + timedelta(days=2))

    assert remind(world) == []


def test_after_the_fair_nobody_is_reminded(world, fair, exhibitor):
    world.make_task(fair, deadline=datetime(2027, 3, 17, 10, tzinfo=UTC))
    world.set_clock(2027, 3, 19, 3)

    assert remind(world) == []


def test_a_job_that_runs_twice_reminds_once(world, fair, exhibitor):
    world.make_task(fair, deadline=world.now + timedelta(days=2))
    remind(world)
    with transaction() as session:
        session.add(Job(name="manual.remind", run_at=world.now, created_at=world.now))

    world.run_jobs()

    assert db.session.scalar(sa.select(sa.func.count()).select_from(TaskReminder)) == 1
    assert len(remind(world)) == 1


# The overview


def test_the_overview_says_how_far_the_checklist_is(world, fair, exhibitor, contact):
    assert "Open the checklist" not in contact.get("/SIE27/exhibitor/").text, "nothing is asked yet"
    task = world.make_task(fair, deadline=world.now - timedelta(days=1))
    for number in range(5):
        world.make_task(fair, title={"en": f"Task {number}"})
    send(contact, task, text="done")

    page = contact.get("/SIE27/exhibitor/").text

    assert "1 of 6 done" in page
    assert "Open the checklist: 1 more" in page
