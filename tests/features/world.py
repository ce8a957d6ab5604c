"""Things of a fair with plain defaults."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from fairapp.accounts.models import Account, Membership, SavedView
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import CARRIED, Application, Remark, RemarkKind, SignedForm
from fairapp.badges import service as badges
from fairapp.booths.models import Booth, Hall
from fairapp.checkin.models import Gate
from fairapp.database import db, transaction
from fairapp.enterprises.models import (
    Capability,
    CapabilityKind,
    Customer,
    Enterprise,
    EnterpriseMerge,
    Machine,
    Product,
)
from fairapp.enterprises.tax_code import check_digit
from fairapp.exhibitors.models import CoExhibitorProposal, Delegation, Exhibitor, ExhibitorStaff, Pavilion
from fairapp.fairs.models import CoOrganizer, Fair, FairDay
from fairapp.fees.lines import FeeLine, Statement
from fairapp.fees.models import (
    Adjustment,
    BankLine,
    BankStatement,
    EInvoice,
    Extra,
    Order,
    OrderLine,
    Payment,
    PaymentRequest,
    Subsidy,
)
from fairapp.fees.papers import Paper, Party
from fairapp.fees.references import make_reference
from fairapp.fees.schedule import RequestKind
from fairapp.files import service as files
from fairapp.files.models import StoredFile
from fairapp.imports.models import ImportRun
from fairapp.imports.service import runs
from fairapp.jobs import executors
from fairapp.jobs.models import Job
from fairapp.mail.models import BulkMail, Mail, MailTemplate
from fairapp.manual.actions import TaskAction
from fairapp.manual.models import ManualSection, ManualTask
from fairapp.meetings.models import MeetingRequest, MeetingTable, RequestStatus, Side, Slot
from fairapp.needs.models import Need
from fairapp.visitors.models import Buyer, Visitor
from fairapp.web.access import Actor

ACTOR = Actor(name="test")


class Browser(FlaskClient):
    """A client whose requests share nothing with the test's own context."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()  # what the test reads next is what the request left
        return answer


class World:
    """A database with whatever a test puts into it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        app.test_client_class = Browser
        self._numbers = itertools.count(1)

    @property
    def now(self) -> datetime:
        return self.app.config["CLOCK"].now

    def set_clock(self, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
        """Set the clock, in UTC."""
        self.app.config["CLOCK"].now = datetime(year, month, day, hour, minute, tzinfo=UTC)

    def _add(self, row: Any) -> Any:
        with transaction() as session:
            session.add(row)
        return row

    def make_fair(self, code: str = "SIE27", **values: Any) -> Fair:
        defaults = {
            "name": {"vi": f"Hội chợ {code}", "en": f"Fair {code}"},
            "venue": {"vi": "Hà Nội"},
            "starts_on": date(2027, 3, 17),
            "ends_on": date(2027, 3, 18),
            "applications_close_at": datetime(2027, 2, 15, 10, tzinfo=UTC),
        }
        days = [
            FairDay(day=day, opens_at=time(9), closes_at=time(17), exhibitors_from=time(8))
            for day in (date(2027, 3, 17), date(2027, 3, 18))
        ]
        return self._add(Fair(code=code, days=days, **{**defaults, **values}))

    def make_account(self, **values: Any) -> Account:
        number = next(self._numbers)
        defaults = {
            "email": f"person{number}@fair.example",
            "full_name": f"Person {number}",
            "fs_uniquifier": f"uniquifier-{number}",
            "language": "en",
            "active": True,
            "confirmed_at": datetime(2026, 11, 1),
            "created_at": self.now,
        }
        return self._add(Account(**{**defaults, **values}))

    def make_body(self, fair: Fair, **values: Any) -> CoOrganizer:
        number = next(self._numbers)
        defaults = {
            "code": f"SCT-{number}",
            "name": {"vi": f"Sở Công Thương {number}", "en": f"Department {number}"},
            "invitation": f"invitation-{number}",
        }
        return self._add(CoOrganizer(fair_id=fair.id, **{**defaults, **values}))

    def make_member(
        self, fair: Fair, role: Role, enterprise: Enterprise | None = None, *, body: CoOrganizer | None = None
    ) -> Account:
        account = self.make_account()
        self._add(
            Membership(
                account_id=account.id,
                fair_id=fair.id,
                role=role,
                enterprise_id=enterprise.id if enterprise else None,
                co_organizer_id=body.id if body else None,
                created_at=self.now,
            )
        )
        return account

    def make_enterprise(self, **values: Any) -> Enterprise:
        number = next(self._numbers)
        digits = f"01{number:07}"
        while check_digit(digits) is None:
            digits = f"{int(digits) + 10_000:09}"
        defaults = {
            "legal_name": f"Công ty TNHH Cơ khí {number}",
            "short_name": f"Cơ khí {number}",
            "tax_code": f"{digits}{check_digit(digits)}",
            "province": "01",
            "main_products": {"vi": "Trục", "en": "Shafts"},
        }
        enterprise = Enterprise(**{**defaults, **values})
        enterprise.capabilities = [
            Capability(kind=CapabilityKind.SECTOR, code="precision_mechanical"),
            Capability(kind=CapabilityKind.PROCESS, code="cnc_turning"),
        ]
        return self._add(enterprise)

    def make_certificate(self, enterprise: Enterprise, code: str = "iso_9001", **values: Any) -> Capability:
        return self._add(Capability(enterprise_id=enterprise.id, kind=CapabilityKind.CERTIFICATE, code=code, **values))

    def make_machine(self, enterprise: Enterprise, **values: Any) -> Machine:
        return self._add(Machine(enterprise_id=enterprise.id, **{"kind": "Máy tiện CNC", **values}))

    def make_customer(self, enterprise: Enterprise, **values: Any) -> Customer:
        return self._add(Customer(enterprise_id=enterprise.id, **{"name": "Denso", **values}))

    def make_product(self, enterprise: Enterprise, **values: Any) -> Product:
        return self._add(Product(enterprise_id=enterprise.id, **{"name": {"vi": "Trục", "en": "Shaft"}, **values}))

    def make_merge(self, kept: Enterprise) -> EnterpriseMerge:
        merged = self.make_enterprise(merged_into_id=kept.id)
        moved = {"rows": {}, "memberships": [], "before": {}}
        return self._add(EnterpriseMerge(kept_id=kept.id, merged_id=merged.id, merged_at=self.now, moved=moved))

    def make_application(self, fair: Fair, enterprise: Enterprise | None = None, **values: Any) -> Application:
        enterprise = enterprise or self.make_enterprise()
        defaults = {
            "status": ApplicationStatus.APPLIED,
            "fascia_name": enterprise.short_name,
            "contact_name": "Bùi Quốc Long",
            "contact_email": "long@enterprise.example",
            "created_at": self.now,
            "applied_at": self.now,
        }
        return self._add(Application(fair_id=fair.id, enterprise_id=enterprise.id, **{**defaults, **values}))

    def make_remark(self, application: Application, **values: Any) -> Remark:
        defaults = {"kind": RemarkKind.NOTE, "text": "Gọi lại sau Tết", "author": "Person", "written_at": self.now}
        return self._add(Remark(application_id=application.id, **{**defaults, **values}))

    def make_view(self, fair: Fair, account: Account, **values: Any) -> SavedView:
        number = next(self._numbers)
        defaults = {"list_name": "applications.list_applications", "name": f"View {number}", "query": "status=applied"}
        return self._add(SavedView(fair_id=fair.id, account_id=account.id, **{**defaults, **values}))

    def make_signed_form(self, application: Application) -> SignedForm:
        with transaction() as session:
            file = files.store(
                session, b"%PDF", name="scan.pdf", content_type="application/pdf", fair_id=application.fair_id,
                now=self.now,
            )  # fmt: skip
            signed = SignedForm(application_id=application.id, file=file, state="unreadable", uploaded_at=self.now)
            session.add(signed)
        return signed

    def make_co_organizer(self, fair: Fair, **values: Any) -> CoOrganizer:
        number = next(self._numbers)
        defaults = {
            "code": f"SCT{number}",
            "name": {"vi": f"Sở Công Thương {number}", "en": f"Department {number}"},
            "invitation": f"invitation-{number}",
        }
        return self._add(CoOrganizer(fair_id=fair.id, **{**defaults, **values}))

    def make_exhibitor(self, fair: Fair, enterprise: Enterprise | None = None, **values: Any) -> Exhibitor:
        application = self.make_application(fair, enterprise, status=ApplicationStatus.ACCEPTED)
        defaults = {name: getattr(application, name) for name in CARRIED} | {"accepted_at": self.now - timedelta(30)}
        exhibitor = self._add(
            Exhibitor(
                fair_id=fair.id,
                enterprise_id=application.enterprise_id,
                **{**defaults, **values},
            )
        )
        with transaction() as session:
            session.get_one(Application, application.id).exhibitor_id = exhibitor.id
        return exhibitor

    def make_staff(self, exhibitor: Exhibitor, **values: Any) -> ExhibitorStaff:
        defaults = {"full_name": "Đỗ Thị Hương", "position": "Kỹ sư"}
        return self._add(ExhibitorStaff(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, **{**defaults, **values}))

    def make_co_exhibitor(self, main: Exhibitor, **values: Any) -> Exhibitor:
        """A co-exhibitor has no application of its own."""
        enterprise = self.make_enterprise()
        defaults = {
            "main_exhibitor_id": main.id,
            "area": 0,
            "quantity": 0,
            "contact_name": "Lê Thị Mai",
            "contact_email": "mai@co-exhibitor.example",
            "accepted_at": self.now,
            "confirmed_at": self.now,
        }
        return self._add(Exhibitor(fair_id=main.fair_id, enterprise_id=enterprise.id, **{**defaults, **values}))

    def make_proposal(self, main: Exhibitor, **values: Any) -> CoExhibitorProposal:
        number = next(self._numbers)
        defaults = {
            "tax_code": f"proposal-{number}",
            "country": "JP",
            "legal_name": "株式会社日本精工 (giả lập)",
            "contact_name": "田中 健太郎",
            "contact_email": f"tanaka{number}@co-exhibitor.example",
            "proposed_at": self.now,
        }
        return self._add(CoExhibitorProposal(fair_id=main.fair_id, main_exhibitor_id=main.id, **{**defaults, **values}))

    def make_pavilion(self, fair: Fair, **values: Any) -> Pavilion:
        return self._add(Pavilion(fair_id=fair.id, **{"name": {"vi": "Gian Nhật Bản", "en": "Japan"}, **values}))

    def make_delegation(self, exhibitor: Exhibitor, **values: Any) -> Delegation:
        number = next(self._numbers)
        defaults = {
            "token": f"link-{number}-{exhibitor.public_id}",
            "name": "Nhà thầu Minh Phát",
            "email": f"contractor{number}@fair.example",
            "created_at": self.now,
            "expires_at": self.now + timedelta(days=30),
        }
        return self._add(Delegation(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, **{**defaults, **values}))

    def make_extra(self, fair: Fair, **values: Any) -> Extra:
        number = next(self._numbers)
        defaults = {
            "code": f"extra_{number}",
            "group": "power",
            "name": {"vi": f"Ổ điện {number}", "en": f"Socket {number}"},
            "price": 1_000_000,
            "position": number,
        }
        return self._add(Extra(fair_id=fair.id, **{**defaults, **values}))

    def make_order(self, exhibitor: Exhibitor, extra: Extra, quantity: int = 1, **values: Any) -> Order:
        defaults = {"number": next(self._numbers), "ordered_by": "Bùi Quốc Long", "ordered_at": self.now}
        line = OrderLine(extra_id=extra.id, quantity=quantity, price=extra.price, vat_percent=10)
        values = {**defaults, **values}
        return self._add(Order(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, lines=[line], **values))

    def make_subsidy(self, exhibitor: Exhibitor, **values: Any) -> Subsidy:
        defaults = {"source": "Sở Công Thương", "percent": 50, "created_at": self.now}
        values = {**defaults, **values}
        return self._add(Subsidy(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, **values))

    def make_adjustment(self, exhibitor: Exhibitor, amount: int = -500_000, **values: Any) -> Adjustment:
        defaults = {"label": "Giảm giá", "created_at": self.now}
        values = {**defaults, **values, "amount": amount}
        return self._add(Adjustment(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, **values))

    def make_hall(self, fair: Fair, code: str = "A") -> Hall:
        return self._add(Hall(fair_id=fair.id, code=code, name={"vi": f"Nhà {code}"}, width=30, depth=20))

    def make_booth(self, hall: Hall, code: str = "A101", **values: Any) -> Booth:
        defaults = {"booth_type": "standard_9", "x": 3, "y": 3, "width": 3, "depth": 3, "area": 9}
        return self._add(Booth(fair_id=hall.fair_id, hall_id=hall.id, code=code, **{**defaults, **values}))

    def make_buyer(self, fair: Fair, enterprise: Enterprise | None = None, **values: Any) -> Buyer:
        enterprise = enterprise or self.make_enterprise()
        defaults = {
            "contact_name": "田中 健太郎",
            "contact_email": "tanaka@buyer.example",
            "meeting_language": "ja",
            "registered_at": self.now,
        }
        return self._add(Buyer(fair_id=fair.id, enterprise_id=enterprise.id, **{**defaults, **values}))

    def make_need(self, buyer: Buyer, **values: Any) -> Need:
        defaults = {
            "kind": "buy_part",
            "title": {"vi": "Nắp che nhựa", "en": "Plastic cover"},
            "process": "injection_moulding",
            "posted_at": self.now,
        }
        return self._add(Need(fair_id=buyer.fair_id, buyer_id=buyer.id, **{**defaults, **values}))

    def make_request(self, buyer: Buyer, exhibitor: Exhibitor, **values: Any) -> MeetingRequest:
        defaults = {
            "asked_by": Side.EXHIBITOR,
            "status": RequestStatus.REQUESTED,
            "requested_at": self.now,
        }
        return self._add(
            MeetingRequest(
                fair_id=buyer.fair_id,
                buyer_id=buyer.id,
                exhibitor_id=exhibitor.id,
                **{**defaults, **values},
            )
        )

    def make_grid(self, fair: Fair, slots: int = 2, tables: int = 1) -> None:
        with transaction() as session:
            for number in range(slots):
                session.add(
                    Slot(
                        fair_id=fair.id,
                        day=date(2027, 3, 17),
                        starts_at=datetime(2027, 3, 17, 6 + number, tzinfo=UTC),
                        ends_at=datetime(2027, 3, 17, 6 + number, 25, tzinfo=UTC),
                    )
                )
            for number in range(tables):
                session.add(MeetingTable(fair_id=fair.id, code=f"T{number + 1:02}"))

    def make_visitor(self, fair: Fair, **values: Any) -> Visitor:
        number = next(self._numbers)
        defaults = {
            "full_name": "Nguyễn Thị Phương Thảo",
            "enterprise_name": "Nhựa Tân Tiến",
            "email": f"visitor{number}@fair.example",
            "registered_at": self.now,
        }
        return self._add(Visitor(fair_id=fair.id, **{**defaults, **values}))

    def make_badge(self, visitor: Visitor) -> Any:
        return badges.issue_for_visitor(visitor.fair_id, visitor.id, actor=ACTOR, now=self.now)

    def make_gate(self, fair: Fair, code: str = "A1", **values: Any) -> Gate:
        return self._add(Gate(fair_id=fair.id, code=code, name=f"Gate {code}", **values))

    def make_section(self, fair: Fair, **values: Any) -> ManualSection:
        defaults = {"title": {"vi": "Quy định", "en": "Rules"}, "body": {"vi": "Không đóng đinh.", "en": "No nailing."}}
        return self._add(ManualSection(fair_id=fair.id, **{**defaults, **values}))

    def make_task(self, fair: Fair, **values: Any) -> ManualTask:
        defaults = {
            "action": TaskAction.TEXT,
            "title": {"vi": "Hàng nặng", "en": "Heavy exhibits"},
            "deadline": datetime(2027, 3, 3, 10, tzinfo=UTC),
        }
        return self._add(ManualTask(fair_id=fair.id, **{**defaults, **values}))

    def make_template(self, fair: Fair, **values: Any) -> MailTemplate:
        defaults = {
            "name": "Gates",
            "subject": {"vi": "Cổng vào", "en": "Gates"},
            "body": {"vi": "Kính gửi {name}", "en": "Dear {name}"},
            "updated_at": self.now,
        }
        return self._add(MailTemplate(fair_id=fair.id, **{**defaults, **values}))

    def make_bulk_mail(self, fair: Fair, **values: Any) -> BulkMail:
        defaults = {
            "subject": {"en": "Gates"},
            "body": {"en": "Dear {name}"},
            "recipients": {"filters": {"audience": "exhibitors"}, "keys": []},
            "created_at": self.now,
        }
        return self._add(BulkMail(fair_id=fair.id, **{**defaults, **values}))

    def make_mail(self, fair: Fair, **values: Any) -> Mail:
        return self._add(
            Mail(fair_id=fair.id, kind="test", to="a@b.example", subject="S", body="B", created_at=self.now, **values)
        )

    def make_payment_request(self, exhibitor: Exhibitor, **values: Any) -> PaymentRequest:
        number = next(self._numbers)
        fee = FeeLine(code="registration", net=1_000_000, vat_percent=0)
        party = Party(name="Công ty TNHH Cơ khí", email="long@enterprise.example")
        defaults = {
            "number": number,
            "kind": RequestKind.FULL,
            "reference": make_reference(db.session.get_one(Fair, exhibitor.fair_id).code, number),
            "amount": 1_000_000,
            "statement": Paper(statement=Statement(lines=(fee,)), payer=party, payee=party).to_values(),
            "rules_number": 0,
            "due_on": date(2026, 12, 1),
            "issued_at": self.now,
        }
        return self._add(PaymentRequest(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, **{**defaults, **values}))

    def make_payment(self, request: PaymentRequest, **values: Any) -> Payment:
        defaults = {"amount": 400_000, "paid_on": date(2026, 11, 23), "recorded_at": self.now}
        return self._add(
            Payment(
                fair_id=request.fair_id,
                exhibitor_id=request.exhibitor_id,
                request_id=request.id,
                **{**defaults, **values},
            )
        )

    def make_bank_file(self, fair: Fair, content: str = "Ngày;Ghi có;Nội dung\n23/11/2026;1000;A\n") -> StoredFile:
        with transaction() as session:
            return files.store(
                session, content.encode(), name="bank.csv", content_type="text/csv", fair_id=fair.id, now=self.now
            )

    def make_bank_line(self, fair: Fair, file: StoredFile, **values: Any) -> BankLine:
        statement = self._add(BankStatement(fair_id=fair.id, file_id=file.id, imported_at=self.now))
        defaults = {
            "fingerprint": f"{next(self._numbers):064}",
            "booked_on": date(2026, 11, 23),
            "amount": 1_000,
            "text": "A",
        }
        return self._add(BankLine(fair_id=fair.id, statement_id=statement.id, **{**defaults, **values}))

    def make_e_invoice(self, request: PaymentRequest) -> EInvoice:
        return self._add(
            EInvoice(
                fair_id=request.fair_id,
                request_id=request.id,
                symbol="1C26TAA",
                number=f"{next(self._numbers):08}",
                issued_on=date(2026, 11, 24),
                amount=request.amount,
                recorded_at=self.now,
            )
        )

    def make_import(self, fair: Fair, content: str = "MST;Tên doanh nghiệp\n0012345672;Cơ khí A\n") -> ImportRun:
        return runs.receive(fair.id, content.encode(), name="list.csv", actor=ACTOR, now=self.now)

    def make_job(self, fair: Fair) -> Job:
        payload = {"category": "", "language": "vi"}
        return self._add(
            Job(fair_id=fair.id, name="badges.print", payload=payload, run_at=self.now, created_at=self.now)
        )

    def run_jobs(self) -> int:
        """Do every job that is due."""
        with self.app.app_context():
            count = executors.run_all(self.app)
        db.session.rollback()
        return count

    def visitor(self) -> FlaskClient:
        """Return a browser in which nobody is signed in."""
        client = self.app.test_client()
        client.set_cookie("language", "en")
        return client

    def sign_in(self, account: Account) -> FlaskClient:
        """Return a browser in which ``account`` is signed in."""
        client = self.visitor()
        with client.session_transaction() as session:
            session["_user_id"] = db.session.merge(account).fs_uniquifier
            session["_fresh"] = True
        return client

    def sign_in_as(
        self, fair: Fair, role: Role, enterprise: Enterprise | None = None, *, body: CoOrganizer | None = None
    ) -> FlaskClient:
        """Return a browser of somebody who has ``role``."""
        return self.sign_in(self.make_member(fair, role, enterprise, body=body))
