"""Reading enterprises as exhibitors, applicants and buyers, and the needs of the buyers."""

from collections.abc import Sequence
from datetime import tzinfo

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.enterprises.taxonomy import LANGUAGES, code_list, find_province
from fairapp.imports.known import Known
from fairapp.imports.rows import Row
from fairapp.imports.seeds import (
    ApplicationSeed,
    BuyerSeed,
    CertificateSeed,
    EnterpriseSeed,
    ExhibitorSeed,
    NeedSeed,
    PersonSeed,
)

ACCEPTED = (ApplicationStatus.ACCEPTED.value, ApplicationStatus.CONFIRMED.value)
UNDECIDED = tuple(status.value for status in ApplicationStatus if status.value not in ACCEPTED)
MOST_CHOICES = 3
MOST_EMPLOYEES = 10_000_000


def read_exhibitors(rows: Sequence[Row], zone: tzinfo, known: Known) -> tuple[ExhibitorSeed, ...]:
    """Return the exhibitors with their applications, booths and staff."""
    return tuple(_read_exhibitor(row, zone, known) for row in rows)


def read_applications(rows: Sequence[Row], zone: tzinfo, known: Known) -> tuple[ApplicationSeed, ...]:
    """Return the applications that have not led to an exhibitor."""
    return tuple(_read_application(row, zone, known) for row in rows)


def read_buyers(rows: Sequence[Row], known: Known) -> tuple[BuyerSeed, ...]:
    """Return the buyers."""
    return tuple(_read_buyer(row, known) for row in rows)


def read_needs(rows: Sequence[Row], known: Known) -> tuple[NeedSeed, ...]:
    """Return the needs."""
    return tuple(_read_need(row, known) for row in rows)


def read_ref(row: Row, kind: str, known: Known) -> str:
    """Return the name that other rows call this one by."""
    ref = row.text("ref", longest=40, required=True)
    known.claim(row, "ref", kind, ref)
    return ref


def read_place(row: Row) -> str:
    """Return the province of a row, given by code, by name, or by both alike."""
    code = row.code("province", "provinces")
    name = row.text("province_name", longest=80)
    if not name:
        return code
    named = find_province(name)
    if named is None:
        row.refuse("province_name", "unknown_code", value=name, list="provinces")
    elif code and named != code:
        row.refuse("province_name", "province_mismatch", name=name, code=code)
    return code or named or ""


def _read_exhibitor(row: Row, zone: tzinfo, known: Known) -> ExhibitorSeed:
    application = _read_applicant(row, ACCEPTED, zone, known)
    exhibitor = ExhibitorSeed(
        **vars(application),
        booths=_read_allocations(row, known),
        staff=tuple(_read_person(one, known) for one in row.rows("staff")),
        measures=row.numbers("qcd", code_list("measures").codes),
        subsidy_percent=row.whole("subsidy_percent", least=0, most=100) or 0,
    )
    known.claim(row, "ref", "exhibitor", exhibitor.ref)
    row.finish()
    return exhibitor


def _read_application(row: Row, zone: tzinfo, known: Known) -> ApplicationSeed:
    application = _read_applicant(row, UNDECIDED, zone, known)
    row.finish()
    return application


def _read_applicant(row: Row, statuses: Sequence[str], zone: tzinfo, known: Known) -> ApplicationSeed:
    enterprise = _read_enterprise(row)
    known.claim(row, "tax_code", "applicant", f"{enterprise.country} {enterprise.tax_code}".strip())
    status = row.one_of("status", statuses, required="status" in row) or statuses[0]
    choices = known.lists(row, "choices", "booth")
    if len(choices) > MOST_CHOICES:
        row.refuse("choices", "too_many", most=MOST_CHOICES)
    return ApplicationSeed(
        ref=read_ref(row, "applicant_ref", known),
        enterprise=enterprise,
        contact=_read_contact(row, enterprise.country),
        status=ApplicationStatus(status),
        fascia_name=row.text("fascia_name", longest=60) or enterprise.short_name[:60],
        booth_type=row.code("booth_type", "booth_types") or ApplicationSeed.booth_type,
        area=row.whole("area", least=1, most=100_000) or ApplicationSeed.area,
        choices=choices,
        message=row.text("message", longest=4000),
        reason=row.text("reason", longest=4000),
        created_at=row.moment("created_at", zone),
        applied_at=row.moment("applied_at", zone),
        decided_at=row.moment("decided_at", zone),
    )


def _read_allocations(row: Row, known: Known) -> tuple[str, ...]:
    booths = known.lists(row, "booths", "booth")
    for booth in booths:
        known.claim(row, "booths", "allocation", booth)
    return booths


def _read_person(row: Row, known: Known) -> PersonSeed:
    person = PersonSeed(
        name=row.text("name", longest=120, required=True),
        title=row.text("title", longest=80),
        email=row.email("email"),
        phone=row.phone("phone", country="VN"),
    )
    known.claim(row, "email", "staff", person.email)
    row.finish()
    return person


def _read_contact(row: Row, country: str) -> PersonSeed:
    contact = row.row("contact", required=True)
    if contact is None:
        return PersonSeed(name="")
    person = PersonSeed(
        name=contact.text("name", longest=120, required=True),
        title=contact.text("title", longest=80),
        email=contact.email("email", required=True),
        phone=contact.phone("phone", country=country),
    )
    contact.finish()
    return person


def _read_enterprise(row: Row) -> EnterpriseSeed:
    province = read_place(row)
    country, capital_country = _read_countries(row, in_vietnam=bool(province))
    return EnterpriseSeed(
        name=row.text("name", longest=200, required=True),
        short_name=row.text("short_name", longest=120),
        english_name=row.text("english_name", longest=200),
        country=country,
        capital_country=capital_country,
        tax_code=row.tax_code("tax_code", country=country),
        legal_form=row.code("legal_form", "legal_forms"),
        ownership=row.code("ownership", "ownership_types"),
        province=province,
        address=row.text("address", longest=300),
        representative=row.text("legal_representative", longest=120),
        representative_title=row.text("legal_representative_title", longest=80),
        website=row.text("website", longest=200),
        phone=row.phone("phone", country=country),
        employees=row.whole("employees", least=0, most=MOST_EMPLOYEES),
        size=row.code("size", "enterprise_sizes"),
        established=row.whole("established", least=1700, most=2100),
        main_products=row.texts("products" if "products" in row else "main_products", longest=500),
        summary=row.texts("summary", longest=2000),
        tightest_tolerance=row.code("tightest_tolerance", "tolerance_bands"),
        sectors=_read_sectors(row),
        processes=row.codes("processes", "processes"),
        materials=row.codes("materials", "materials"),
        certificates=tuple(_read_certificate(one) for one in row.rows("certificates")),
        practices=row.codes("practices", "practices"),
        fictional=row.switch("fictional", default=False),
    )


def _read_countries(row: Row, *, in_vietnam: bool) -> tuple[str, str]:
    """Return where an enterprise is registered, and where its capital comes from if not from there.

    An enterprise with a province is registered in Vietnam, whatever country it names.
    """
    country = row.code("country", "countries") or "VN"
    capital_country = row.code("capital_country", "countries")
    if in_vietnam and country != "VN":
        return "VN", capital_country or country
    return country, capital_country


def _read_sectors(row: Row) -> tuple[str, ...]:
    first = row.code("sector", "sectors", required="sectors" not in row)
    others = row.codes("sectors", "sectors")
    return tuple(dict.fromkeys(code for code in (first, *others) if code))


def _read_certificate(row: Row) -> CertificateSeed:
    certificate = CertificateSeed(
        code=row.code("code", "certificates", required=True), expires_on=row.day("expires_on")
    )
    row.finish()
    return certificate


def _read_buyer(row: Row, known: Known) -> BuyerSeed:
    enterprise = _read_enterprise(row)
    known.claim(row, "tax_code", "buying_enterprise", f"{enterprise.country} {enterprise.tax_code}".strip())
    buyer = BuyerSeed(
        ref=read_ref(row, "buyer", known),
        enterprise=enterprise,
        contact=PersonSeed(
            name=row.text("contact_name", longest=120),
            title=row.text("contact_title", longest=80),
            email=row.email("contact_email", required=True),
            phone=row.phone("contact_phone", country=enterprise.country),
        ),
        hosted=row.switch("hosted", default=False),
        meeting_language=row.one_of("meeting_language", LANGUAGES) or BuyerSeed.meeting_language,
        needs_interpreter=row.switch("needs_interpreter", default=False),
        meetings_at_once=row.whole("meeting_capacity_per_slot", least=1, most=20) or 1,
    )
    row.finish()
    return buyer


def _read_need(row: Row, known: Known) -> NeedSeed:
    need = NeedSeed(
        ref=read_ref(row, "need", known),
        buyer=row.text("buyer", longest=40, required=True),
        kind=row.code("kind", "need_kinds", required=True),
        title=row.texts("title", longest=200, required=True),
        description=row.texts("description", longest=4000),
        process=row.code("process", "processes"),
        material=row.code("material", "materials"),
        tolerance=row.code("tolerance", "tolerance_bands"),
        lot=row.code("lot", "lot_size_bands"),
        required_certificates=row.codes("required_certificates", "certificates"),
        monthly_quantity=row.whole("monthly_quantity", least=0, most=2_000_000_000),
        target_sop=row.month("target_sop"),
        sample_on_display=row.switch("sample_on_display", default=False),
        nda_required=row.switch("nda_required", default=False),
        visibility=row.one_of("visibility", ("public", "exhibitors")) or NeedSeed.visibility,
        status=row.one_of("status", ("open", "in_talks", "closed")) or NeedSeed.status,
    )
    known.lead_to(row, "buyer", "buyer", need.buyer)
    row.finish()
    return need
