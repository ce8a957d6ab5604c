"""A fair of its own for each journey, and the people and things in it, on a running service."""

import itertools
import secrets
import time
from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from fairapp.accounts.models import Account
from fairapp.accounts.policy import Role
from fairapp.booths import service as booths
from fairapp.booths.models import Booth
from fairapp.checkin import service as gates
from fairapp.database import db
from fairapp.enterprises.tax_code import check_digit
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.visitors.models import Buyer
from tests.browser.servers import Service
from tests.features.world import ACTOR

Thing = TypeVar("Thing")
_numbers = itertools.count(int(time.time()) % 1_000_000)


def unique(word: str) -> str:
    """Return ``word`` with a number that nobody else has."""
    return f"{word} {next(_numbers)}"


def tax_code() -> str:
    """Return a tax code with a right check digit that no other enterprise has."""
    while (digit := check_digit(digits := f"02{next(_numbers):07}")) is None:
        continue
    return f"{digits}{digit}"


def wait_for(find: Callable[[], Thing | None]) -> Thing:
    """Return what ``find`` finds, as soon as it does."""
    until = time.monotonic() + 60  # seconds; a slow machine is no failure
    while not (found := find()):
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.1)
        db.session.rollback()
    return found


class Scene:
    """A small fair that opens in two months, whenever the tests run."""

    def __init__(self, service: Service) -> None:
        self.service, self.world = service, service.world
        self.mails = Path(service.app.config["MAIL_FOLDER"])
        self.fair = self.make_fair()

    def make_fair(self, **values: object) -> Fair:
        """Return a further fair."""
        opening = date.today() + timedelta(days=60)
        code = f"J{secrets.token_hex(4).upper()}"
        close = self.world.now + timedelta(days=30)
        defaults = {"starts_on": opening, "ends_on": opening + timedelta(days=1), "applications_close_at": close}
        return self.world.make_fair(code, **{**defaults, **values})

    def rehearse(self) -> None:
        """Let the gates take now for the first opening."""
        gates.set_rehearsal(self.fair.id, on=True, actor=ACTOR, now=self.world.now)

    def address(self, path: str = "") -> str:
        """Return the address of a page of the fair."""
        return f"/{self.fair.code}/{path}"

    def organizer(self) -> Account:
        return self.world.make_member(self.fair, Role.ORGANIZER)

    def gatekeeper(self) -> Account:
        return self.world.make_member(self.fair, Role.GATE)

    def exhibitor(self, name: str = "Cơ khí") -> tuple[Exhibitor, Account]:
        """Return an exhibitor and its contact."""
        enterprise = self.world.make_enterprise(short_name=unique(name), tax_code=tax_code())
        exhibitor = self.world.make_exhibitor(self.fair, enterprise)
        return exhibitor, self.world.make_member(self.fair, Role.EXHIBITOR_CONTACT, enterprise)

    def buyer(self, name: str = "Điện tử") -> tuple[Buyer, Account]:
        """Return a buyer and the account that acts for it."""
        enterprise = self.world.make_enterprise(short_name=unique(name), tax_code=tax_code())
        buyer = self.world.make_buyer(self.fair, enterprise)
        return buyer, self.world.make_member(self.fair, Role.BUYER, enterprise)

    def allocate(self, booth: Booth, exhibitor: Exhibitor) -> None:
        """Give a booth to an exhibitor."""
        booths.allocate(self.fair.id, booth.code, exhibitor.public_id, actor=ACTOR, now=self.world.now)

    def mail_to(self, address: str, *, about: str = "") -> EmailMessage:
        """Return the kept mail to ``address`` whose text has ``about``, as soon as it is written."""
        return wait_for(lambda: next((one for one in self._kept(address) if about in text_of(one)), None))

    def _kept(self, address: str) -> list[EmailMessage]:
        files = sorted(self.mails.glob("*.eml"), key=lambda file: file.stat().st_mtime) if self.mails.exists() else []
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [one for one in mails if address in str(one["To"])]


def text_of(mail: EmailMessage) -> str:
    """Return the subject and the plain text of a mail."""
    body = mail.get_body(("plain",))
    return f"{mail['Subject']}\n{body.get_content() if body else ''}"
