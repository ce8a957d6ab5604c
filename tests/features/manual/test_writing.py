"""The organizer writes the manual, and begins it in one click."""

import io
from datetime import UTC, date, datetime

import pikepdf
import pytest
import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.audit.models import AuditEntry
from fairapp.database import db, transaction
from fairapp.fairs.models import Fair
from fairapp.manual.models import ManualSection, ManualTask
from fairapp.manual.service import starting
from tests.features.files.test_storing import png
from tests.features.threads import at_once
from tests.features.world import ACTOR

MANUAL = "/SIE27/organizer/manual/"
TASK = {
    "title_vi": "Sơ đồ điện",
    "title_en": "Power plan",
    "action": "upload",
    "deadline": "2027-03-03T17:00",
    "kinds": ["raw_space"],
    "required": "y",
}


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def titles(part, fair):
    db.session.rollback()
    rows = db.session.scalars(sa.select(part).where(part.fair_id == fair.id).order_by(part.position))
    return [row.title["en"] for row in rows]


def test_the_standard_manual_comes_in_one_click_with_deadlines_before_the_opening(fair, organizer):
    assert "Use the standard manual" in organizer.get(MANUAL).text

    assert organizer.post(f"{MANUAL}standard").status_code == 303

    tasks = {task.title["en"]: task for task in db.session.scalars(sa.select(ManualTask))}
    assert tasks["Fascia name"].deadline == datetime(2027, 3, 3, 10, tzinfo=UTC)
    assert tasks["List of contractors"].deadline == datetime(2027, 3, 14, 10, tzinfo=UTC)
    assert tasks["Power plan"].kinds == ["raw_space"]
    assert tasks["Power plan"].section.title["en"] == "Raw space: building your own booth"
    page = organizer.get(MANUAL).text
    assert "Rules for building and safety" in page
    assert "Use the standard manual" not in page


def test_a_manual_is_begun_once_even_by_two_organizers_at_the_same_moment(world, fair):
    fair_id, now = fair.id, world.now

    begun = at_once(world, 2, lambda _number: starting.start_standard(fair_id, actor=ACTOR, now=now))

    assert sorted(begun, key=str) == [None, "manual_not_empty"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ManualSection)) == 8


def test_the_manual_of_an_own_fair_comes_over_with_its_deadlines_moved(world, fair, organizer):
    other = world.make_fair("SIE26", starts_on=date(2026, 3, 18), ends_on=date(2026, 3, 19))
    section = world.make_section(other)
    world.make_task(other, section_id=section.id, deadline=datetime(2026, 3, 4, 10, tzinfo=UTC))
    assert organizer.post(f"{MANUAL}copy", data={"source": "SIE26"}).status_code == 409, "somebody else's fair"
    account_id = db.session.scalar(sa.select(Membership.account_id).where(Membership.fair_id == fair.id))
    with transaction() as session:
        session.add(Membership(account_id=account_id, fair_id=other.id, role=Role.ORGANIZER, created_at=world.now))

    assert "Copy from SIE26" in organizer.get(MANUAL).text
    assert organizer.post(f"{MANUAL}copy", data={"source": "SIE26"}).status_code == 303

    task = db.session.scalar(sa.select(ManualTask).where(ManualTask.fair_id == fair.id))
    assert task.deadline == datetime(2027, 3, 3, 10, tzinfo=UTC)
    assert (task.section.fair_id, task.section.title) == (fair.id, {"vi": "Quy định", "en": "Rules"})


def test_a_section_is_written_with_a_file_and_changed(fair, organizer):
    organizer.post(
        f"{MANUAL}sections/new",
        data={"title_en": "Halls", "body_en": "Floor 5 t/m².", "file": (io.BytesIO(png()), "plan.pdf")},
    )
    section = db.session.scalar(sa.select(ManualSection))
    url = f"{MANUAL}sections/{section.public_id}/"

    assert (section.file.name, section.file.content_type) == ("plan.png", "image/png"), "by its content, not its name"
    assert organizer.get(f"{url}file").data == png()
    assert "Floor 5 t/m²." in organizer.get(url).text
    organizer.post(url, data={"title_en": "The halls", "kinds": ["raw_space"], "drops_file": "y"})
    db.session.rollback()
    assert (section.title, section.kinds, section.file) == ({"en": "The halls"}, ["raw_space"], None)
    assert organizer.get(f"{url}file").status_code == 404


def test_a_task_is_written_in_the_fairs_zone_and_changed(fair, organizer):
    organizer.post(f"{MANUAL}tasks/new", data=TASK)
    task = db.session.scalar(sa.select(ManualTask))

    assert (task.deadline, task.kinds, task.required) == (datetime(2027, 3, 3, 10, tzinfo=UTC), ["raw_space"], True)
    assert 'value="2027-03-03T17:00"' in organizer.get(f"{MANUAL}tasks/{task.public_id}/edit").text
    organizer.post(f"{MANUAL}tasks/{task.public_id}/edit", data={**TASK, "kinds": [], "required": ""})
    db.session.rollback()
    assert (task.kinds, task.required) == ([], False)


def test_every_mistake_of_a_task_is_told_at_once_and_what_was_typed_stays(fair, organizer):
    answer = organizer.post(
        f"{MANUAL}tasks/new", data={"body_en": "Keep me", "action": "dance", "deadline": "soon", "section": "x"}
    )

    assert answer.status_code == 422
    assert "Keep me" in answer.text
    for field in ("title_vi", "action", "deadline", "section"):
        assert f'id="{field}-error"' in answer.text
    assert titles(ManualTask, fair) == []


def test_a_year_of_two_digits_is_a_mistake_and_no_failure(organizer):
    answer = organizer.post(f"{MANUAL}tasks/new", data={**TASK, "deadline": "0027-03-03T17:00"})

    assert answer.status_code == 422


@pytest.mark.parametrize(("content", "status"), [(b"<svg onload='x'></svg>", 415), (b"%PDF-1.7 torn", 422), (b"", 422)])
def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(organizer, content, status):
    answer = organizer.post(
        f"{MANUAL}sections/new", data={"title_en": "Halls", "file": (io.BytesIO(content), "plan.pdf")}
    )

    assert answer.status_code == status
    assert 'id="file-error"' in answer.text
    assert 'value="Halls"' in answer.text


def test_parts_are_moved_one_place_and_the_first_stays_first(world, fair, organizer):
    one, two, three = (world.make_task(fair, title={"en": name}) for name in ("one", "two", "three"))
    first, _second = (world.make_section(fair, title={"en": name}) for name in ("first", "second"))

    organizer.post(f"{MANUAL}tasks/{three.public_id}/move", data={"way": "up"})
    assert titles(ManualTask, fair) == ["one", "three", "two"]
    organizer.post(f"{MANUAL}tasks/{one.public_id}/move", data={"way": "up"})
    organizer.post(f"{MANUAL}tasks/{two.public_id}/move", data={"way": "down"})
    assert titles(ManualTask, fair) == ["one", "three", "two"]
    organizer.post(f"{MANUAL}sections/{first.public_id}/move", data={"way": "down"})
    assert titles(ManualSection, fair) == ["second", "first"]


def test_a_section_goes_and_its_tasks_stay_a_task_goes_with_its_answers(world, fair, organizer):
    section = world.make_section(fair)
    task = world.make_task(fair, section_id=section.id)

    organizer.post(f"{MANUAL}sections/{section.public_id}/remove")
    db.session.rollback()
    assert (titles(ManualSection, fair), task.section_id) == ([], None)
    organizer.post(f"{MANUAL}tasks/{task.public_id}/remove")

    assert titles(ManualTask, fair) == []
    actions = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert {"manual_section.remove", "manual_task.remove"} <= actions


@pytest.mark.parametrize("language", ["vi", "en", "ja", "ko"])
def test_the_manual_is_printed_in_each_language(world, fair, organizer, language):
    organizer.post(f"{MANUAL}standard")

    answer = organizer.get(f"{MANUAL}manual.pdf?language={language}")

    assert answer.content_type == "application/pdf"
    assert f"SIE27-manual-{language}.pdf" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) >= 2


def test_freeze_dates_and_reminders_are_set_and_shown(world, fair, organizer):
    url = "/SIE27/organizer/set-up/manual"
    data = {"fascia_freeze_at": "2027-03-03T17:00", "remind_7": "y", "remind_after": "y", "version": "1"}

    assert organizer.post(url, data=data).status_code == 303

    db.session.rollback()
    kept = db.session.get(Fair, fair.id)
    assert (kept.fascia_freeze_at, kept.catalogue_freeze_at) == (datetime(2027, 3, 3, 10, tzinfo=UTC), None)
    assert (kept.task_reminders, kept.version) == ([7, -1], 2)
    enterprise = world.make_enterprise()
    world.make_exhibitor(fair, enterprise)
    world.make_task(fair)
    page = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise).get("/SIE27/exhibitor/manual/").text
    assert "Mar 3, 2027 17:00" in page


def test_settings_that_somebody_else_saved_in_the_meantime_are_not_overwritten(fair, organizer):
    url = "/SIE27/organizer/set-up/manual"
    organizer.post(url, data={"fascia_freeze_at": "2027-03-03T17:00", "version": "1"})

    answer = organizer.post(url, data={"catalogue_freeze_at": "2027-03-05T17:00", "version": "1"})

    assert answer.status_code == 409
    assert "in the meantime" in answer.text
    assert db.session.get(Fair, fair.id).catalogue_freeze_at is None
