"""Notes on applications, and messages between organizer and enterprise."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.models import Remark, RemarkKind
from fairapp.applications.service import remarks
from fairapp.database import db
from fairapp.mail.models import Mail
from tests.features.world import ACTOR


@pytest.fixture
def scene(world):
    fair = world.make_fair(contact_email="btc@fair.example")
    application = world.make_application(fair)
    return fair, application, f"/SIE27/organizer/applications/{application.public_id}"


def test_a_note_is_written_and_only_its_writer_deletes_it(world, scene):
    fair, _application, page = scene
    organizer, other = world.sign_in_as(fair, Role.ORGANIZER), world.sign_in_as(fair, Role.ORGANIZER)
    organizer.post(f"{page}/notes", data={"note-text": "Gọi lại sau Tết"})
    note = db.session.scalar(sa.select(Remark))

    assert "Gọi lại sau Tết" in other.get(f"{page}/").text
    assert other.post(f"{page}/notes/{note.public_id}/delete").status_code == 404
    assert organizer.post(f"{page}/notes/{note.public_id}/delete").status_code == 303
    assert db.session.scalar(sa.select(Remark)) is None


def test_a_deleted_note_comes_back_by_undo(world, scene):
    fair, _application, page = scene
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    organizer.post(f"{page}/notes", data={"note-text": "Gọi lại sau Tết"})
    note = db.session.scalar(sa.select(Remark))
    organizer.post(f"{page}/notes/{note.public_id}/delete")

    shown = organizer.get(f"{page}/").text

    assert "data-undo" in shown
    assert 'name="note-text" value="Gọi lại sau Tết"' in shown


def test_notes_go_to_nobody(world, scene):
    fair, _application, page = scene

    world.sign_in_as(fair, Role.ORGANIZER).post(f"{page}/notes", data={"note-text": "Nợ phí"})

    assert db.session.scalar(sa.select(Mail)) is None


def test_a_message_goes_to_the_contact_by_mail(world, scene):
    fair, application, page = scene

    world.sign_in_as(fair, Role.ORGANIZER).post(f"{page}/messages", data={"message-text": "Gửi bản ISO mới nhé."})
    world.run_jobs()

    mail = db.session.scalar(sa.select(Mail))
    assert (mail.to, mail.reply_to, mail.enterprise_id) == (
        "long@enterprise.example", "btc@fair.example", application.enterprise_id,
    )  # fmt: skip
    assert "Gửi bản ISO mới nhé." in mail.body


@pytest.mark.parametrize(("place", "field"), [("notes", "note-text"), ("messages", "message-text")])
def test_an_empty_text_is_refused_beside_its_field(world, scene, place, field):
    fair, _application, page = scene

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(f"{page}/{place}", data={field: "  "})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_what_the_enterprise_writes_is_unread_until_somebody_answers(world, scene):
    fair, application, page = scene
    remarks.write_to_organizer(
        fair.id, application.enterprise_id, "Chúng tôi cần thêm bàn.", actor=ACTOR, now=world.now
    )
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    assert "Chúng tôi cần thêm bàn." in organizer.get(f"{page}/").text
    assert application.public_id in organizer.get("/SIE27/organizer/applications/?unread=1").text
    organizer.post(f"{page}/messages", data={"message-text": "Đã ghi nhận."})

    assert application.public_id not in organizer.get("/SIE27/organizer/applications/?unread=1").text


def test_messages_are_marked_as_read_without_an_answer(world, scene):
    fair, application, page = scene
    remarks.write_to_organizer(fair.id, application.enterprise_id, "Cảm ơn.", actor=ACTOR, now=world.now)

    world.sign_in_as(fair, Role.ORGANIZER).post(f"{page}/messages/read")

    assert db.session.scalar(sa.select(Remark.read_at)) == world.now


def test_what_the_enterprise_writes_goes_to_the_organizer_by_mail(world, scene):
    fair, application, _page = scene

    remarks.write_to_organizer(
        fair.id, application.enterprise_id, "Chúng tôi cần thêm bàn.", actor=ACTOR, now=world.now
    )
    world.run_jobs()

    mail = db.session.scalar(sa.select(Mail))
    assert (mail.to, mail.reply_to) == ("btc@fair.example", "long@enterprise.example")
    assert "Chúng tôi cần thêm bàn." in mail.body


def test_what_the_enterprise_of_a_deciding_body_writes_goes_to_that_body(world):
    fair = world.make_fair(contact_email="btc@fair.example")
    body = world.make_body(fair, contact_email="sct@department.example")
    application = world.make_application(fair, co_organizer_id=body.id)

    remarks.write_to_organizer(fair.id, application.enterprise_id, "Xin chào", actor=ACTOR, now=world.now)

    assert db.session.scalar(sa.select(Mail.to)) == "sct@department.example"


def test_the_organizer_sees_whether_its_message_was_read(world, scene):
    fair, application, page = scene
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    organizer.post(f"{page}/messages", data={"message-text": "Gửi bản ISO mới nhé."})

    before = organizer.get(f"{page}/").text
    remarks.read_by_exhibitor(fair.id, application.enterprise_id, now=world.now)
    after = organizer.get(f"{page}/").text

    assert "not read yet" in before
    assert "not read yet" not in after


def test_markup_in_a_message_stays_text(world, scene):
    fair, application, page = scene
    world.make_remark(application, kind=RemarkKind.FROM_EXHIBITOR, text="<script>alert(1)</script>")

    assert "<script>alert" not in world.sign_in_as(fair, Role.ORGANIZER).get(f"{page}/").text
