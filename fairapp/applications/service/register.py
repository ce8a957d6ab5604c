"""Carrying the answers of an application into the register, and the register into a new application."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications import answers
from fairapp.applications.models import Application
from fairapp.enterprises import phones
from fairapp.enterprises.models import Capability, CapabilityKind, Customer, Enterprise, Machine
from fairapp.enterprises.service import set_capabilities
from fairapp.enterprises.taxonomy import enterprise_size
from fairapp.files.models import StoredFile

_KINDS = {
    "sectors": CapabilityKind.SECTOR,
    "processes": CapabilityKind.PROCESS,
    "materials": CapabilityKind.MATERIAL,
}
_TRANSLATED = {"main_products": ("vi", "en"), "summary": ("vi", "en")}


def write(session: Session, enterprise: Enterprise, values: Mapping[str, Any], *, now: datetime) -> None:
    """Make the register say what the application says; what the application does not ask stays."""
    for name in answers.REGISTER_TEXTS:
        setattr(enterprise, name, answers.text(values, name))
    for name in answers.REGISTER_NUMBERS:
        setattr(enterprise, name, values.get(name))
    for name in answers.REGISTER_CODES:
        setattr(enterprise, name, list(values.get(name) or ()))
    for name, languages in _TRANSLATED.items():
        said = {language: answers.text(values, f"{name}_{language}") for language in languages}
        setattr(enterprise, name, {**getattr(enterprise, name), **said})
    enterprise.province = values.get("province") or None
    enterprise.women_owned = bool(values.get("women_owned"))
    enterprise.phone = phones.parse_phone(answers.text(values, "phone"), country=enterprise.country)
    enterprise.size = enterprise_size(enterprise.employees)
    for name, kind in _KINDS.items():
        set_capabilities(enterprise, kind, values.get(name) or ())
    _write_certificates(session, enterprise, values.get("certificates") or ())
    _write_machines(enterprise, values.get("machines") or ())
    _write_customers(enterprise, values.get("customers") or ())
    logo = _file(session, values.get("logo"))
    if logo is not None:
        enterprise.logo = logo
    enterprise.version, enterprise.updated_at = (enterprise.version or 0) + 1, now
    session.flush()


def read(enterprise: Enterprise) -> dict[str, Any]:
    """Return what the register answers to an application, as JSON."""
    found: dict[str, Any] = {
        "country": enterprise.country,
        "tax_code": enterprise.tax_code,
        "province": enterprise.province or "",
        "women_owned": enterprise.women_owned,
        "phone": phones.show_phone(enterprise.phone),
        "logo": enterprise.logo.public_id if enterprise.logo else "",
    }
    for name in (*answers.REGISTER_TEXTS, *answers.REGISTER_NUMBERS, *answers.REGISTER_CODES):
        found[name] = getattr(enterprise, name)
    for name, languages in _TRANSLATED.items():
        for language in languages:
            found[f"{name}_{language}"] = getattr(enterprise, name).get(language, "")
    for name, kind in _KINDS.items():
        found[name] = enterprise.codes(kind)
    certificates = [one for one in enterprise.capabilities if one.kind is CapabilityKind.CERTIFICATE]
    found["certificates"] = [_certificate(one) for one in certificates]
    found["machines"] = [_row(one, answers.ROW_FIELDS["machines"]) for one in enterprise.machines]
    found["customers"] = [_row(one, answers.ROW_FIELDS["customers"]) for one in enterprise.customers]
    return found


def read_application(application: Application) -> dict[str, Any]:
    """Return how an enterprise takes part, as JSON: what an application keeps in columns of its own."""
    return {
        **{name: getattr(application, name) for name in answers.APPLICATION_TEXTS},
        "contact_phone": phones.show_phone(application.contact_phone),
        "invoice_tax_code": application.invoice_tax_code,
        "quantity": application.quantity,
        "area": application.area,
        "corner": application.corner,
        "extras": list(application.extras or ()),
        "subsidy_wanted": application.subsidy_wanted,
        "co_organizer": application.co_organizer.public_id if application.co_organizer else "",
    }


def files_of(session: Session, values: Mapping[str, Any]) -> dict[str, int]:
    """Return the numbers of the files that answers name, by public id."""
    wanted = [values.get("logo"), *(row.get("file") for row in values.get("certificates") or ())]
    named = [one for one in wanted if one]
    if not named:
        return {}
    rows = session.execute(sa.select(StoredFile.public_id, StoredFile.id).where(StoredFile.public_id.in_(named)))
    return dict(rows.tuples().all())


def _write_certificates(session: Session, enterprise: Enterprise, rows: Any) -> None:
    by_code = {row["code"]: row for row in rows}
    set_capabilities(enterprise, CapabilityKind.CERTIFICATE, list(by_code))
    for one in enterprise.capabilities:
        if one.kind is not CapabilityKind.CERTIFICATE:
            continue
        row = by_code[one.code]
        one.number, one.issuer = row.get("number") or "", row.get("issuer") or ""
        expires_on = date.fromisoformat(row["expires_on"]) if row.get("expires_on") else None
        if expires_on != one.expires_on:
            one.expires_on, one.warned_on = expires_on, None
        file = _file(session, row.get("file"))
        if file is not None:
            one.file = file


def _write_machines(enterprise: Enterprise, rows: Any) -> None:
    said = [{**row, "quantity": row.get("quantity") or 1} for row in rows]
    if said != [_row(one, answers.ROW_FIELDS["machines"]) for one in enterprise.machines]:
        enterprise.machines = [Machine(**_filled(row, answers.ROW_FIELDS["machines"])) for row in said]


def _write_customers(enterprise: Enterprise, rows: Any) -> None:
    shown = {one.name for one in enterprise.customers if one.public}
    if list(rows) != [_row(one, answers.ROW_FIELDS["customers"]) for one in enterprise.customers]:
        enterprise.customers = [
            Customer(**_filled(row, answers.ROW_FIELDS["customers"]), public=row["name"] in shown) for row in rows
        ]


def _filled(row: Mapping[str, Any], names: Any) -> dict[str, Any]:
    numbers = {"year", "since", "quantity"}
    return {name: row.get(name) if name in numbers else row.get(name) or "" for name in names}


def _row(thing: object, names: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _certificate(one: Capability) -> dict[str, Any]:
    return {
        "code": one.code,
        "number": one.number,
        "issuer": one.issuer,
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "file": one.file.public_id if one.file else "",
    }


def _file(session: Session, public_id: object) -> StoredFile | None:
    if not public_id:
        return None
    return session.scalar(sa.select(StoredFile).where(StoredFile.public_id == str(public_id)))
