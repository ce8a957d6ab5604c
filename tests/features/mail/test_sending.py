"""Mails reach a real server, wait while it is down, and are kept where there is none."""

import pathlib
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.files import service as files
from fairapp.jobs.models import Job
from fairapp.jobs.service import MOST_ATTEMPTS
from fairapp.mail import service
from fairapp.mail.models import Mail
from tests.features.world import World

PDF = b"%PDF-1.7 \x00\xff\r\n.\r\n"


class Server:
    """A mail server that keeps what it gets, or refuses it."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer = "250 OK"
        self.accounts: list[LoginPassword] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, authenticator=self._sign_in, auth_require_tls=False
        )

    def __enter__(self) -> "Server":
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop(no_assert=True)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.original_content, policy=policy.default))
            assert envelope.rcpt_tos == [address.addr_spec for address in self.taken[-1]["To"].addresses]
        return self.answer

    def _sign_in(self, server, session, envelope, mechanism, login) -> AuthResult:
        self.accounts.append(login)
        return AuthResult(success=login.password == b"p@ss:w/rd", handled=False)


@pytest.fixture
def mail_world(world: World) -> Iterator[World]:
    """A world whose mail settings a test may change."""
    before = dict(world.app.config)
    yield world
    world.app.config.update({name: before[name] for name in ("SMTP_URL", "MAIL_FOLDER", "MAIL_FROM")})


@pytest.fixture
def server(mail_world: World) -> Iterator[Server]:
    with Server() as running:
        mail_world.app.config["SMTP_URL"] = running.url
        yield running


def queue(world: World, **values) -> int:
    fair = db.session.scalar(sa.select(sa.text("id")).select_from(sa.text("fair"))) or world.make_fair().id
    defaults = {
        "to": "long@enterprise.example",
        "to_name": "Bùi Quốc Long",
        "language": "vi",
        "context": {"name": "Bùi Quốc Long", "role": "gate", "fair_name": {"vi": "Hội chợ"}, "fair_code": "SIE27"},
        "fair_id": fair,
    }
    with transaction() as session:
        attachment = values.pop("attachment", None)
        stored = files.store(
            session, PDF, name=attachment, content_type="application/pdf", fair_id=fair, now=world.now
        ) if attachment else None  # fmt: skip
        mail = service.queue(
            session,
            "member_invited",
            now=world.now,
            attachments=[stored] if stored else [],
            **{**defaults, **values},
        )
        return mail.id


def mail_of(number: int) -> Mail:
    db.session.rollback()
    return db.session.get(Mail, number)


def test_a_mail_reaches_the_server_with_its_names_and_files(mail_world, server):
    number = queue(mail_world, attachment="thẻ-khách.pdf", reply_to="bantochuc@fair.example")

    mail_world.run_jobs()

    (taken,) = server.taken
    mail = mail_of(number)
    assert (mail.state, mail.error, mail.sent_at) == ("sent", "", mail_world.now)
    assert str(taken["To"]) == "Bùi Quốc Long <long@enterprise.example>"
    assert (str(taken["Subject"]), taken["Reply-To"]) == (mail.subject, "bantochuc@fair.example")
    assert taken["Message-ID"] == f"<{mail.public_id}@fairapp>"
    assert "Bùi Quốc Long" in taken.get_body(("plain",)).get_content()
    assert '<html lang="vi"' in taken.get_body(("html",)).get_content()
    (file,) = taken.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("thẻ-khách.pdf", PDF)


def test_a_mail_is_written_in_the_readers_language(mail_world, server):
    for language in ("vi", "en", "ja", "ko"):
        queue(mail_world, language=language)

    mail_world.run_jobs()

    assert len({str(taken["Subject"]) for taken in server.taken}) == 4


def test_a_mail_is_sent_once_however_often_its_job_runs(mail_world, server):
    number = queue(mail_world)
    mail_world.run_jobs()
    with transaction() as session:
        service.jobs.enqueue(session, service.SEND, {"mail_id": number}, now=mail_world.now)

    mail_world.run_jobs()

    assert len(server.taken) == 1


def test_a_mail_waits_while_the_server_is_down_and_goes_when_it_is_back(mail_world, caplog):
    with Server() as gone:
        mail_world.app.config["SMTP_URL"] = gone.url
    number = queue(mail_world)

    mail_world.run_jobs()
    assert (mail_of(number).state, "refused" in mail_of(number).error) == ("waiting", True)
    mail_world.app.config["CLOCK"].now += timedelta(minutes=1)
    with Server() as back:
        mail_world.app.config["SMTP_URL"] = back.url
        mail_world.run_jobs()

    assert (mail_of(number).state, mail_of(number).error, len(back.taken)) == ("sent", "", 1)


def test_a_mail_that_is_refused_for_good_has_failed_and_can_be_tried_again(mail_world, server, caplog):
    fair = mail_world.make_fair()
    number = queue(mail_world, fair_id=fair.id)
    server.answer = "550 no such box"

    for _ in range(MOST_ATTEMPTS):
        mail_world.run_jobs()
        mail_world.app.config["CLOCK"].now += timedelta(hours=2)

    job = db.session.scalar(sa.select(Job))
    assert (mail_of(number).state, job.state, job.attempts) == ("failed", "dead", MOST_ATTEMPTS)
    assert "no such box" in mail_of(number).error
    organizer = mail_world.sign_in_as(fair, Role.ORGANIZER)
    assert "no such box" in organizer.get(f"/SIE27/organizer/mails/{mail_of(number).public_id}/").text
    server.answer = "250 OK"
    assert organizer.post(f"/SIE27/organizer/jobs/{job.public_id}/again").status_code == 303
    mail_world.run_jobs()
    assert (mail_of(number).state, len(server.taken)) == ("sent", 1)


def test_an_address_that_is_none_fails_and_says_so(mail_world, server, caplog):
    number = queue(mail_world, to="nobody at all")

    for _ in range(MOST_ATTEMPTS):
        mail_world.run_jobs()
        mail_world.app.config["CLOCK"].now += timedelta(hours=2)

    assert (mail_of(number).state, mail_of(number).error != "", server.taken) == ("failed", True, [])


@pytest.mark.parametrize(("password", "state"), [("p%40ss%3Aw%2Frd", "sent"), ("wrong", "waiting")])
def test_the_server_is_given_the_account_of_the_settings(mail_world, server, caplog, password, state):
    mail_world.app.config["SMTP_URL"] = server.url.replace("//", f"//fair%40app:{password}@")
    number = queue(mail_world)

    mail_world.run_jobs()

    assert server.accounts[0].login == b"fair@app"
    assert mail_of(number).state == state


# Without a mail server


def test_without_a_server_a_mail_is_kept_as_a_file_that_any_mail_program_opens(mail_world, tmp_path):
    mail_world.app.config["MAIL_FOLDER"] = str(tmp_path / "kept")
    number = queue(mail_world, attachment="thẻ.pdf")

    mail_world.run_jobs()

    mail = mail_of(number)
    (path,) = pathlib.Path(tmp_path / "kept").iterdir()
    kept = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (mail.state, path.name) == ("kept", f"{mail.public_id}.eml")
    assert (str(kept["To"]), str(kept["Subject"])) == ("Bùi Quốc Long <long@enterprise.example>", mail.subject)
    assert next(kept.iter_attachments()).get_content() == PDF


def test_the_organizer_reads_finds_and_opens_the_mails_of_the_fair(mail_world):
    fair = mail_world.make_fair()
    queue(mail_world, fair_id=fair.id, attachment="thẻ.pdf")
    queue(mail_world, fair_id=fair.id, to="dai@other.example", to_name="Trần Đại")
    mail_world.run_jobs()
    organizer = mail_world.sign_in_as(fair, Role.ORGANIZER)
    mail = db.session.scalar(sa.select(Mail).where(Mail.to_name == "Bùi Quốc Long"))

    everything = organizer.get("/SIE27/organizer/mails/").text
    found = organizer.get("/SIE27/organizer/mails/?q=tran+dai").text
    waiting = organizer.get("/SIE27/organizer/mails/?state=waiting").text
    page = organizer.get(f"/SIE27/organizer/mails/{mail.public_id}/").text
    file = organizer.get(f"/SIE27/organizer/mails/{mail.public_id}/1")

    assert ("long@enterprise.example" in everything, "dai@other.example" in everything) == (True, True)
    assert ("long@enterprise.example" in found, "dai@other.example" in found) == (False, True)
    assert "@enterprise.example" not in waiting
    assert mail.subject in page
    assert "Bùi Quốc Long" in page
    assert (file.data, file.content_type) == (PDF, "application/pdf")
    assert "attachment" in file.headers["Content-Disposition"]
    assert organizer.get(f"/SIE27/organizer/mails/{mail.public_id}/2").status_code == 404
    assert organizer.get(f"/SIE27/organizer/mails/{mail.public_id}/0").status_code == 404
