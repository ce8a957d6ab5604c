"""One row of a list of exhibitors, taken into a fair: found again by external id or tax code, else made."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import CARRIED, Application
from fairapp.applications.service.consenting import DirectoryConsentMissing, check_directory_consent
from fairapp.database import add_once
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.names import short_name_of
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.enterprises.service import set_capabilities
from fairapp.enterprises.taxonomy import enterprise_size
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor

PROFILE = (
    "legal_name", "short_name", "english_name", "province", "address", "industrial_park", "website", "phone",
    "employees", "established", "supply_tier",
)  # fmt: skip
PARTICIPATION = (
    "contact_name", "contact_title", "contact_email", "contact_phone", "language", "fascia_name", "booth_type", "area",
    "quantity", "corner", "invoice_name", "invoice_address", "invoice_email",
)  # fmt: skip
KINDS = {
    "sectors": CapabilityKind.SECTOR,
    "processes": CapabilityKind.PROCESS,
    "materials": CapabilityKind.MATERIAL,
    "certificates": CapabilityKind.CERTIFICATE,
    "practices": CapabilityKind.PRACTICE,
}
TRANSLATED = {"main_products": ("vi", "en"), "summary": ("vi", "en")}


class RowOutcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class RowRefused(FairError):
    """The row cannot be taken as it is."""

    code = "row_refused"


class RowNeeds(RowRefused):
    """A new exhibitor needs cells that the row leaves empty."""

    code = "row_needs"


class RowOfTwoEnterprises(RowRefused):
    """External id and tax code name two enterprises."""

    code = "row_of_two"


class RowTaxCodeDiffers(RowRefused):
    """The exhibitor of this external id has another tax code."""

    code = "row_tax_code_differs"


class RowHasApplication(RowRefused):
    """The enterprise has applied by itself: that is decided in the queue."""

    code = "row_has_application"


class RowReferenceTaken(RowRefused):
    """Another exhibitor of the fair has this external id."""

    code = "row_reference_taken"


class RowNotListed(RowRefused):
    """The enterprise has not agreed that the directory shows it, or has taken that back."""

    code = "row_not_listed"


class RivalRow(RowRefused):
    """Somebody entered the same enterprise a moment ago."""

    code = "row_rival"


def take(
    session: Session, fair_id: int, values: Mapping[str, Any], *, as_applications: bool, source: str, now: datetime
) -> RowOutcome:
    """Take one row into the fair; only what the row says is changed."""
    exhibitor = _by_reference(session, fair_id, values.get("external_ref"))
    enterprise = _enterprise_of(session, exhibitor, values)
    known = enterprise is not None
    if enterprise is None:
        enterprise = _new_enterprise(session, values, source=source)
    exhibitor = exhibitor or _exhibitor_of(session, fair_id, enterprise.id)
    application = session.scalar(
        sa.select(Application).where(Application.fair_id == fair_id, Application.enterprise_id == enterprise.id)
    )
    takes_part = exhibitor is not None or application is not None
    if exhibitor is None and application is not None:
        if as_applications and application.status is not ApplicationStatus.DRAFT:
            return RowOutcome.UNCHANGED
        raise RowHasApplication(name=enterprise.legal_name)
    # The entry lives across fairs: a list fills what is empty there, and overwrites only who takes part here.
    changed = _write_profile(enterprise, values, overwrite=takes_part or not known, now=now)
    if exhibitor is None:
        _take_part(session, fair_id, enterprise, values, as_applications=as_applications, now=now)
        return RowOutcome.CREATED
    changed |= _write_participation(session, exhibitor, values)
    session.flush()
    return RowOutcome.CHANGED if changed else RowOutcome.UNCHANGED


def _by_reference(session: Session, fair_id: int, reference: str | None) -> Exhibitor | None:
    if not reference:
        return None
    return session.scalar(
        sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.external_ref == reference).with_for_update()
    )


def _exhibitor_of(session: Session, fair_id: int, enterprise_id: int) -> Exhibitor | None:
    return session.scalar(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.enterprise_id == enterprise_id)
        .with_for_update()
    )


def _enterprise_of(session: Session, exhibitor: Exhibitor | None, values: Mapping[str, Any]) -> Enterprise | None:
    tax_code = values.get("tax_code")
    named = find_by_tax_code(values["country"], tax_code, lock=True) if tax_code else None
    if exhibitor is None:
        return named
    enterprise = session.get_one(Enterprise, exhibitor.enterprise_id, with_for_update=True)
    if named is not None and named.id != enterprise.id:
        raise RowOfTwoEnterprises(name=enterprise.legal_name, other=named.legal_name)
    if tax_code and named is None:
        raise RowTaxCodeDiffers(name=enterprise.legal_name, tax_code=enterprise.tax_code)
    return enterprise


def _new_enterprise(session: Session, values: Mapping[str, Any], *, source: str) -> Enterprise:
    _check_filled(values, "tax_code", "legal_name", "contact_name", "contact_email")
    enterprise = Enterprise(
        country=values["country"],
        tax_code=values["tax_code"],
        legal_name=values["legal_name"],
        short_name=values.get("short_name") or short_name_of(values["legal_name"])[:120],
        # Whoever applies with the tax code of an imported enterprise does not own its entry by that.
        import_ref=source,
    )
    add_once(session, enterprise, RivalRow())
    return enterprise


def _check_filled(values: Mapping[str, Any], *names: str) -> None:
    if missing := [name for name in names if not values.get(name)]:
        raise RowNeeds(fields=", ".join(missing))


def _write_profile(enterprise: Enterprise, values: Mapping[str, Any], *, overwrite: bool, now: datetime) -> bool:
    changed = False
    for name in PROFILE:
        if name in values and (overwrite or not getattr(enterprise, name)):
            changed |= _set(enterprise, name, values[name])
    for name, languages in TRANSLATED.items():
        before = dict(getattr(enterprise, name) or {})
        said = {code: values[f"{name}_{code}"] for code in languages if f"{name}_{code}" in values}
        kept = said if overwrite else {code: text for code, text in said.items() if not before.get(code)}
        changed |= _set(enterprise, name, {**before, **kept})
    for name, kind in KINDS.items():
        if name in values:
            changed |= _write_codes(enterprise, kind, values[name], overwrite=overwrite)
    if changed:
        enterprise.size = enterprise.size or enterprise_size(enterprise.employees)
        enterprise.version, enterprise.updated_at = (enterprise.version or 0) + 1, now
    return changed


def _write_codes(enterprise: Enterprise, kind: CapabilityKind, codes: list[str], *, overwrite: bool) -> bool:
    before = enterprise.codes(kind)
    if kind is CapabilityKind.CERTIFICATE:
        # A certificate has a number, a last day and a file, which no list knows: none is taken away by one.
        wanted = [*before, *(code for code in codes if code not in before)]
    else:
        wanted = codes if overwrite or not before else before
    if set(wanted) == set(before):
        return False
    set_capabilities(enterprise, kind, wanted)
    return True


def _set(row: Any, name: str, value: Any) -> bool:
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def _take_part(
    session: Session,
    fair_id: int,
    enterprise: Enterprise,
    values: Mapping[str, Any],
    *,
    as_applications: bool,
    now: datetime,
) -> None:
    _check_filled(values, "contact_name", "contact_email")
    said = {name: values[name] for name in PARTICIPATION if name in values}
    application = Application(
        fair_id=fair_id,
        enterprise_id=enterprise.id,
        status=ApplicationStatus.APPLIED if as_applications else ApplicationStatus.ACCEPTED,
        created_at=now,
        applied_at=now,
        decided_at=None if as_applications else now,
        **said,
    )
    add_once(session, application, RivalRow())
    if as_applications:
        return
    exhibitor = Exhibitor(
        fair_id=fair_id,
        enterprise_id=enterprise.id,
        accepted_at=now,
        external_ref=values.get("external_ref"),
        listed=values.get("listed", False),
        **{name: getattr(application, name) for name in CARRIED},
    )
    add_once(session, exhibitor, RivalRow())
    application.exhibitor_id = exhibitor.id
    session.flush()


def _write_participation(session: Session, exhibitor: Exhibitor, values: Mapping[str, Any]) -> bool:
    changed = False
    if values.get("listed") and not exhibitor.listed:
        try:
            check_directory_consent(session, exhibitor)
        except DirectoryConsentMissing as error:
            raise RowNotListed() from error
    for name in (*PARTICIPATION, "listed"):
        if name in values:
            changed |= _set(exhibitor, name, values[name])
    reference = values.get("external_ref")
    if reference and exhibitor.external_ref != reference:
        taken = session.scalar(
            sa.select(Exhibitor.id).where(Exhibitor.fair_id == exhibitor.fair_id, Exhibitor.external_ref == reference)
        )
        if taken is not None:
            raise RowReferenceTaken(reference=reference)
        exhibitor.external_ref = reference
        changed = True
    return changed
