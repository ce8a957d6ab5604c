"""Bringing a whole fair into the database: again and again, with the same result."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Account, Membership
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import CARRIED, Application
from fairapp.audit.service import ActorLike, record
from fairapp.booths.models import Allocation, Booth, BoothChoice, Hall
from fairapp.booths.service import settle_area
from fairapp.checkin.models import Gate
from fairapp.database import Base, transaction
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.fairs.models import Fair, FairDay
from fairapp.imports.seeds import (
    ApplicationSeed,
    BuyerSeed,
    EnterpriseSeed,
    ExhibitorSeed,
    NeedSeed,
    RequestSeed,
    Seed,
)
from fairapp.meetings.models import (
    MeetingRequest,
    MeetingTable,
    RequestStatus,
    Side,
    Slot,
    Unavailability,
)
from fairapp.needs.models import Need, NeedStatus, NeedVisibility
from fairapp.visitors.models import Buyer, Visitor, VisitorCategory

HashPassword = Any


class DryRun(Exception):
    """Raised at the end of a dry run, to take everything back."""


@dataclass
class Outcome:
    """What an import did, by kind of row."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return a line for each kind."""
        kinds = sorted({*self.created, *self.updated, *self.unchanged})
        return [
            f"{kind:<20} {self.created[kind]:>6} created {self.updated[kind]:>6} updated "
            f"{self.unchanged[kind]:>6} unchanged"
            for kind in kinds
        ]


def import_fair(
    seed: Seed,
    *,
    dry_run: bool,
    hash_password: HashPassword,
    actor: ActorLike,
    now: datetime,
) -> Outcome:
    """Create or update a fair and everything in it; rows that are not in ``seed`` stay as they are."""
    outcome = Outcome()
    try:
        with transaction() as session:
            _Import(session, seed, outcome, hash_password, now).run()
            fair = session.scalar(sa.select(Fair).where(Fair.code == seed.fair.code))
            if fair is not None:
                record(
                    session,
                    "fair.import",
                    fair_id=fair.id,
                    thing_id=fair.id,
                    actor=actor,
                    now=now,
                    label=fair.code,
                    created=sum(outcome.created.values()),
                    updated=sum(outcome.updated.values()),
                )
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return outcome


class _Import:
    """One run: the rows it has met by the names that the file gives them."""

    def __init__(
        self, session: Session, seed: Seed, outcome: Outcome, hash_password: HashPassword, now: datetime
    ) -> None:
        self.session, self.seed, self.outcome, self.now = session, seed, outcome, now
        self.hash_password = hash_password
        self.halls: dict[str, Hall] = {}
        self.booths: dict[str, Booth] = {}
        self.enterprises: dict[str, Enterprise] = {}
        self.exhibitors: dict[str, Exhibitor] = {}
        self.buyers: dict[str, Buyer] = {}
        self.needs: dict[str, Need] = {}
        self.slots: dict[datetime, Slot] = {}
        self.accounts: dict[str, Account] = {}

    def run(self) -> None:
        self._import_fair()
        self._import_floor()
        self._import_grid()
        for application in self.seed.applications:
            self._import_application(application)
        for exhibitor in self.seed.exhibitors:
            self._import_exhibitor(exhibitor)
        for buyer in self.seed.buyers:
            self._import_buyer(buyer)
        for need in self.seed.needs:
            self._import_need(need)
        self._import_visitors()
        for gate in self.seed.gates:
            values = {"name": gate.name, "categories": list(gate.categories)}
            self._put("gate", Gate, {"fair_id": self.fair.id, "code": gate.code}, values)
        for request in self.seed.requests:
            self._import_request(request)
        self._import_unavailabilities()
        self._import_accounts()

    def _put(self, kind: str, model: type[Any], key: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
        """Return the row of ``key`` with ``values``; count whether it was new, changed or the same."""
        conditions = [getattr(model, name) == value for name, value in key.items()]
        row = self.session.scalar(sa.select(model).where(*conditions))
        if row is None:
            row = model(**key, **values)
            self.session.add(row)
            self.session.flush()
            self.outcome.created[kind] += 1
            return row
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        (self.outcome.updated if changed else self.outcome.unchanged)[kind] += 1
        return row

    def _add_missing(self, kind: str, model: type[Base], key: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
        """Return the row of ``key``; what people did to it since stays."""
        conditions = [getattr(model, name) == value for name, value in key.items()]
        row = self.session.scalar(sa.select(model).where(*conditions))
        if row is not None:
            self.outcome.unchanged[kind] += 1
            return row
        row = model(**key, **values)
        self.session.add(row)
        self.session.flush()
        self.outcome.created[kind] += 1
        return row

    def _import_fair(self) -> None:
        fair = self.seed.fair
        names = (
            "starts_on", "ends_on", "timezone", "colour", "contact_email", "published", "fictional",
            "currency", "vat_percent", "applications_open_at", "applications_close_at",
            "registrations_close_at", "meeting_requests_close_at", "register_with_authority_by",
            "report_due_on", "move_out_at",
        )  # fmt: skip
        values = {name: getattr(fair, name) for name in names}
        values["move_in"] = [day.isoformat() for day in fair.move_in]
        values |= {name: dict(getattr(fair, name)) for name in ("name", "theme", "venue", "introduction", "prices")}
        self.fair: Fair = self._put("fair", Fair, {"code": fair.code}, values)
        for day in fair.days:
            hours = {
                "opens_at": day.opens_at,
                "closes_at": day.closes_at,
                "exhibitors_from": day.exhibitors_from,
            }
            self._put("fair day", FairDay, {"fair_id": self.fair.id, "day": day.day}, hours)

    def _import_floor(self) -> None:
        for hall in self.seed.halls:
            values = {"name": dict(hall.name), "width": hall.width, "depth": hall.depth}
            key = {"fair_id": self.fair.id, "code": hall.code}
            self.halls[hall.code] = self._put("hall", Hall, key, values)
        for booth in self.seed.booths:
            names = ("booth_type", "x", "y", "width", "depth", "area", "corner", "blocked")
            values = {name: getattr(booth, name) for name in names}
            values["hall_id"] = self.halls[booth.hall].id
            key = {"fair_id": self.fair.id, "code": booth.code}
            self.booths[booth.code] = self._put("booth", Booth, key, values)

    def _import_grid(self) -> None:
        for table in self.seed.tables:
            hall = self.halls.get(table.hall)
            values = {"hall_id": hall.id if hall else None, "seats": table.seats}
            self._put("table", MeetingTable, {"fair_id": self.fair.id, "code": table.code}, values)
        for slot in self.seed.slots:
            key = {"fair_id": self.fair.id, "starts_at": slot.starts_at}
            grid: dict[str, Any] = {"ends_at": slot.ends_at, "day": slot.day, "session": slot.session}
            self.slots[slot.starts_at] = self._put("slot", Slot, key, grid)

    def _enterprise(self, seed: EnterpriseSeed, ref: str) -> Enterprise:
        names = (
            "short_name", "english_name", "capital_country", "legal_form", "ownership", "representative",
            "representative_title", "address", "website", "phone", "employees", "size", "established",
            "tightest_tolerance", "fictional",
        )  # fmt: skip
        values = {name: getattr(seed, name) for name in names}
        values |= {
            "legal_name": seed.name,
            "province": seed.province or None,
            "main_products": dict(seed.main_products),
            "summary": dict(seed.summary),
            "import_ref": ref,
        }
        kept = find_by_tax_code(seed.country, seed.tax_code)
        key = {
            "country": kept.country if kept else seed.country,
            "tax_code": kept.tax_code if kept else seed.tax_code,
        }
        enterprise: Enterprise = self._put("enterprise", Enterprise, key, values)
        wanted = {
            CapabilityKind.SECTOR: seed.sectors,
            CapabilityKind.PROCESS: seed.processes,
            CapabilityKind.MATERIAL: seed.materials,
            CapabilityKind.CERTIFICATE: tuple(one.code for one in seed.certificates),
            CapabilityKind.PRACTICE: seed.practices,
        }
        expiries = {one.code: one.expires_on for one in seed.certificates}
        known = {(one.kind, one.code) for one in enterprise.capabilities}
        for kind, codes in wanted.items():
            for code in codes:
                if (kind, code) not in known:
                    expires_on = expiries.get(code) if kind is CapabilityKind.CERTIFICATE else None
                    enterprise.capabilities.append(Capability(kind=kind, code=code, expires_on=expires_on))
        self.enterprises[ref] = enterprise
        return enterprise

    def _import_application(self, seed: ApplicationSeed) -> Application:
        enterprise = self._enterprise(seed.enterprise, seed.ref)
        applied_at = seed.applied_at or self.now
        values = {
            "status": seed.status,
            "fascia_name": seed.fascia_name,
            "contact_name": seed.contact.name,
            "contact_title": seed.contact.title,
            "contact_email": seed.contact.email,
            "contact_phone": seed.contact.phone,
            "booth_type": seed.booth_type,
            "area": seed.area,
            "message": seed.message,
            "reason": seed.reason,
            "created_at": seed.created_at or applied_at,
            "applied_at": applied_at,
            "decided_at": seed.decided_at,
        }
        key = {"fair_id": self.fair.id, "enterprise_id": enterprise.id}
        application: Application = self._add_missing("application", Application, key, values)
        for rank, code in enumerate(seed.choices, start=1):
            key = {"application_id": application.id, "rank": rank}
            self._add_missing("choice", BoothChoice, key, {"booth_id": self.booths[code].id})
        return application

    def _import_exhibitor(self, seed: ExhibitorSeed) -> None:
        application = self._import_application(seed)
        key = {"fair_id": self.fair.id, "enterprise_id": application.enterprise_id}
        values = {name: getattr(application, name) for name in CARRIED} | {"accepted_at": seed.decided_at or self.now}
        if application.status is ApplicationStatus.CONFIRMED:
            values["confirmed_at"] = seed.decided_at or self.now
        exhibitor: Exhibitor = self._add_missing("exhibitor", Exhibitor, key, values)
        application.exhibitor_id = exhibitor.id
        self.exhibitors[seed.ref] = exhibitor
        for code in seed.booths:
            self._add_missing(
                "allocation",
                Allocation,
                {"booth_id": self.booths[code].id},
                {"exhibitor_id": exhibitor.id, "allocated_at": self.now},
            )
        settle_area(self.session, exhibitor)
        for person in seed.staff:
            self._put(
                "staff",
                ExhibitorStaff,
                {"exhibitor_id": exhibitor.id, "full_name": person.name},
                {
                    "fair_id": self.fair.id,
                    "position": person.title,
                    "email": person.email,
                    "phone": person.phone,
                },
            )

    def _import_buyer(self, seed: BuyerSeed) -> None:
        enterprise = self._enterprise(seed.enterprise, seed.ref)
        self.buyers[seed.ref] = self._put(
            "buyer",
            Buyer,
            {"fair_id": self.fair.id, "enterprise_id": enterprise.id},
            {
                "hosted": seed.hosted,
                "contact_name": seed.contact.name,
                "contact_title": seed.contact.title,
                "contact_email": seed.contact.email,
                "contact_phone": seed.contact.phone,
                "meeting_language": seed.meeting_language,
                "needs_interpreter": seed.needs_interpreter,
                "registered_at": self._since(Buyer, enterprise.id),
            },
        )

    def _since(self, model: type[Buyer], enterprise_id: int) -> datetime:
        found = self.session.scalar(
            sa.select(model.registered_at).where(model.fair_id == self.fair.id, model.enterprise_id == enterprise_id)
        )
        return found or self.now

    def _import_need(self, seed: NeedSeed) -> None:
        names = (
            "kind", "process", "material", "tolerance", "lot", "monthly_quantity", "target_sop",
            "sample_on_display", "nda_required",
        )  # fmt: skip
        values = {name: getattr(seed, name) for name in names}
        key = {"fair_id": self.fair.id, "import_ref": seed.ref}
        found = self.session.scalar(
            sa.select(Need.posted_at).where(Need.fair_id == self.fair.id, Need.import_ref == seed.ref)
        )
        values |= {
            "buyer_id": self.buyers[seed.buyer].id,
            "title": dict(seed.title),
            "description": dict(seed.description),
            "required_certificates": list(seed.required_certificates),
            "visibility": NeedVisibility(seed.visibility),
            "status": NeedStatus(seed.status),
            "posted_at": found or self.now,
        }
        self.needs[seed.ref] = self._put("need", Need, key, values)

    def _import_visitors(self) -> None:
        for seed in self.seed.visitors:
            names = ("full_name", "enterprise_name", "position", "phone", "country", "language")
            values = {name: getattr(seed, name) for name in names}
            values |= {
                "category": VisitorCategory(seed.category),
                "province": seed.province or None,
                "interests": list(seed.interests),
                "registered_at": seed.registered_at or self.now,
            }
            key = {"fair_id": self.fair.id, "email": seed.email}
            self._add_missing("visitor", Visitor, key, values)

    def _import_request(self, seed: RequestSeed) -> None:
        need = self.needs.get(seed.need)
        key = {
            "buyer_id": self.buyers[seed.buyer].id,
            "exhibitor_id": self.exhibitors[seed.exhibitor].id,
        }
        values = {
            "fair_id": self.fair.id,
            "need_id": need.id if need else None,
            "asked_by": Side(seed.asked_by),
            "status": RequestStatus(seed.status),
            "message": seed.message,
            "answer": seed.answer,
            "requested_at": seed.requested_at or self.now,
            "answered_at": seed.answered_at,
        }
        self._add_missing("meeting request", MeetingRequest, key, values)

    def _import_unavailabilities(self) -> None:
        for seed in self.seed.unavailabilities:
            side = (
                {"buyer_id": self.buyers[seed.buyer].id}
                if seed.buyer
                else {"exhibitor_id": self.exhibitors[seed.exhibitor].id}
            )
            key = {"slot_id": self.slots[seed.starts_at].id, **side}
            self._add_missing("unavailability", Unavailability, key, {"fair_id": self.fair.id})

    def _import_accounts(self) -> None:
        for seed in self.seed.accounts:
            account: Account = self._add_missing(
                "account",
                Account,
                {"email": seed.email},
                {
                    "full_name": seed.full_name,
                    "language": seed.language,
                    "password": self.hash_password(seed.password),
                    "fs_uniquifier": f"import-{self.fair.public_id}-{len(self.accounts)}-{seed.email}"[:64],
                    "confirmed_at": self.now.replace(tzinfo=None),
                    "created_at": self.now,
                },
            )
            self.accounts[seed.email] = account
            enterprise = self.enterprises.get(seed.acts_for)
            key = {
                "account_id": account.id,
                "fair_id": self.fair.id,
                "role": seed.role,
                "enterprise_id": enterprise.id if enterprise else None,
            }
            self._add_missing("membership", Membership, key, {"created_at": self.now})
