"""What a fair's file holds, and what the demo makes: plain facts, complete and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus

Texts = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, kw_only=True)
class DaySeed:
    """A day of the fair with its hours, in the fair's zone."""

    day: date
    opens_at: time
    closes_at: time
    exhibitors_from: time


@dataclass(frozen=True, kw_only=True)
class FairSeed:
    """The fair itself; prices in whole đồng, or per cent where the key ends in ``_percent``."""

    code: str
    name: Texts
    theme: Texts = field(default_factory=dict)
    venue: Texts = field(default_factory=dict)
    introduction: Texts = field(default_factory=dict)
    starts_on: date
    ends_on: date
    timezone: str
    days: tuple[DaySeed, ...]
    colour: str = "#0b6e4f"
    contact_email: str = ""
    published: bool = True
    fictional: bool = False
    currency: str = "VND"
    vat_percent: int = 10
    prices: Mapping[str, int] = field(default_factory=dict)
    applications_open_at: datetime | None = None
    applications_close_at: datetime | None = None
    registrations_close_at: datetime | None = None
    meeting_requests_close_at: datetime | None = None
    register_with_authority_by: date | None = None
    report_due_on: date | None = None
    move_in: tuple[date, ...] = ()
    move_out_at: datetime | None = None
    opening_at: datetime | None = None
    vip_tour_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HallSeed:
    """A hall; metres."""

    code: str
    name: Texts
    width: float
    depth: float


@dataclass(frozen=True, kw_only=True)
class BoothSeed:
    """A booth; place and sides in metres from the hall's upper left corner, area in m²."""

    code: str
    hall: str
    booth_type: str
    x: float
    y: float
    width: float
    depth: float
    area: float
    corner: bool = False
    blocked: bool = False


@dataclass(frozen=True, kw_only=True)
class TableSeed:
    """A table for meetings."""

    code: str
    hall: str = ""
    seats: int = 4


@dataclass(frozen=True, kw_only=True)
class SlotSeed:
    """An interval of the meeting grid; ``day`` and ``session`` as the fair's zone sees them."""

    day: date
    session: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class CertificateSeed:
    """A certificate that an enterprise holds."""

    code: str
    expires_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EnterpriseSeed:
    """An enterprise and what it can do; ``capital_country`` is where its owners are from if not from here."""

    name: str
    short_name: str = ""
    english_name: str = ""
    country: str = "VN"
    capital_country: str = ""
    tax_code: str
    legal_form: str = ""
    ownership: str = ""
    province: str = ""
    address: str = ""
    representative: str = ""
    representative_title: str = ""
    website: str = ""
    phone: str = ""
    employees: int | None = None
    size: str = ""
    established: int | None = None
    main_products: Texts = field(default_factory=dict)
    summary: Texts = field(default_factory=dict)
    tightest_tolerance: str = ""
    sectors: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    certificates: tuple[CertificateSeed, ...] = ()
    practices: tuple[str, ...] = ()
    fictional: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonSeed:
    """A contact or a member of exhibitor staff."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationSeed:
    """An enterprise's application; ``choices`` are booth codes, the first choice first."""

    ref: str
    enterprise: EnterpriseSeed
    contact: PersonSeed
    status: ApplicationStatus
    fascia_name: str = ""
    booth_type: str = "standard_9"
    area: int = 9
    choices: tuple[str, ...] = ()
    message: str = ""
    reason: str = ""
    created_at: datetime | None = None
    applied_at: datetime | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ExhibitorSeed(ApplicationSeed):
    """An application that was accepted, with the booths allocated to it and the people who come."""

    booths: tuple[str, ...] = ()
    staff: tuple[PersonSeed, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    subsidy_percent: int = 0


@dataclass(frozen=True, kw_only=True)
class BuyerSeed:
    """An enterprise that comes to buy."""

    ref: str
    enterprise: EnterpriseSeed
    contact: PersonSeed
    hosted: bool = False
    meeting_language: str = "vi"
    needs_interpreter: bool = False
    meetings_at_once: int = 1


@dataclass(frozen=True, kw_only=True)
class NeedSeed:
    """A part or process that a buyer looks for; ``buyer`` is the buyer's ref."""

    ref: str
    buyer: str
    kind: str
    title: Texts
    description: Texts = field(default_factory=dict)
    process: str = ""
    material: str = ""
    tolerance: str = ""
    lot: str = ""
    required_certificates: tuple[str, ...] = ()
    monthly_quantity: int | None = None
    target_sop: str = ""
    sample_on_display: bool = False
    nda_required: bool = False
    visibility: str = "public"
    status: str = "open"


@dataclass(frozen=True, kw_only=True)
class VisitorSeed:
    """A registration of a visitor, known by the mail address."""

    email: str
    full_name: str
    category: str = "visitor"
    enterprise_name: str = ""
    position: str = ""
    phone: str = ""
    country: str = "VN"
    province: str = ""
    interests: tuple[str, ...] = ()
    language: str = "vi"
    registered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class GateSeed:
    """A gate; ``categories`` of badges that may pass, none means all."""

    code: str
    name: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RequestSeed:
    """A meeting request between a buyer and an exhibitor, named by their refs."""

    buyer: str
    exhibitor: str
    need: str = ""
    asked_by: str
    status: str = "requested"
    message: str = ""
    answer: str = ""
    requested_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UnavailabilitySeed:
    """A slot, named by its start, that a buyer or an exhibitor cannot take."""

    starts_at: datetime
    buyer: str = ""
    exhibitor: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountSeed:
    """An account with one role in the fair; ``acts_for`` is the ref of an exhibitor, application or buyer."""

    email: str
    full_name: str
    password: str
    role: Role
    acts_for: str = ""
    language: str = "vi"


@dataclass(frozen=True, kw_only=True)
class Seed:
    """A whole fair."""

    fair: FairSeed
    halls: tuple[HallSeed, ...] = ()
    booths: tuple[BoothSeed, ...] = ()
    tables: tuple[TableSeed, ...] = ()
    slots: tuple[SlotSeed, ...] = ()
    exhibitors: tuple[ExhibitorSeed, ...] = ()
    applications: tuple[ApplicationSeed, ...] = ()
    buyers: tuple[BuyerSeed, ...] = ()
    needs: tuple[NeedSeed, ...] = ()
    visitors: tuple[VisitorSeed, ...] = ()
    gates: tuple[GateSeed, ...] = ()
    requests: tuple[RequestSeed, ...] = ()
    unavailabilities: tuple[UnavailabilitySeed, ...] = ()
    accounts: tuple[AccountSeed, ...] = ()
