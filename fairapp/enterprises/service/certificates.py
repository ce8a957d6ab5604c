"""Certificates of an enterprise: entered, changed, taken out and put back; and its logo."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import transaction
from fairapp.enterprises import pictures
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.enterprises.service.shared import Change, Upload, lock, note, removed_row, settle
from fairapp.errors import FairError, NotFound
from fairapp.files import service as files
from fairapp.files import sniffing

SCANS = frozenset({sniffing.PDF, "image/jpeg", "image/png"})


class CertificateExists(FairError):
    """The enterprise has entered a certificate of this standard already."""

    code = "certificate_exists"


class CertificateDates(FairError):
    """It would run out before it was issued."""

    code = "certificate_dates"


def read_certificate(row: Capability) -> dict[str, Any]:
    """Return what stands on a certificate as plain values."""
    return {
        "number": row.number,
        "issuer": row.issuer,
        "scope": row.scope,
        "issued_on": row.issued_on.isoformat() if row.issued_on else "",
        "expires_on": row.expires_on.isoformat() if row.expires_on else "",
    }


def save_certificate(
    enterprise_id: int,
    code: str,
    change: Change,
    *,
    is_new: bool,
    upload: Upload | None = None,
    fair_id: int,
    actor: ActorLike,
    now: datetime,
) -> Capability:
    """Enter or change a certificate; one whose last day has passed is kept and does not count."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        row = _find(session, enterprise, code)
        if is_new:
            if row is not None:
                raise CertificateExists()
            row = Capability(enterprise_id=enterprise.id, kind=CapabilityKind.CERTIFICATE, code=code)
            row.number = row.issuer = row.scope = ""
            session.add(row)
        elif row is None:
            raise NotFound()
        _write(row, settle(session, enterprise, change, read_certificate(row)))
        if upload is not None:
            row.file = files.store_upload(
                session, upload.content, name=upload.name, accepted=SCANS, fair_id=None, now=now
            )
        note(
            session,
            "enterprise.add" if is_new else "enterprise.update",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind="certificate",
            titles=[code],
        )
    return row


def remove_certificate(enterprise_id: int, code: str, *, fair_id: int, actor: ActorLike, now: datetime) -> None:
    """Take a certificate out; the trail keeps it, so that it can be put back."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        row = _find(session, enterprise, code)
        if row is None:
            raise NotFound()
        kept = read_certificate(row) | {"code": code, "file_id": row.file_id}
        session.delete(row)
        note(
            session,
            "enterprise.remove",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind="certificate",
            row=kept,
        )


def restore_certificate(enterprise_id: int, code: str, *, fair_id: int, actor: ActorLike, now: datetime) -> None:
    """Put a certificate back that was taken out; a second time changes nothing."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        if _find(session, enterprise, code) is not None:
            return
        kept = removed_row(session, enterprise, "certificate", "code", code)
        row = Capability(enterprise_id=enterprise.id, kind=CapabilityKind.CERTIFICATE, code=code)
        row.file_id = kept["file_id"]
        _write(row, kept)
        session.add(row)
        note(
            session,
            "enterprise.restore",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind="certificate",
            titles=[code],
        )


def set_logo(enterprise_id: int, upload: Upload | None, *, fair_id: int, actor: ActorLike, now: datetime) -> Enterprise:
    """Keep a logo in a size that fits everywhere, or take it off."""
    picture = pictures.prepare_logo(upload.content) if upload else None
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        enterprise.logo_id = None
        if upload and picture:
            file = files.store(
                session,
                picture.content,
                name=upload.name.rpartition(".")[0] + picture.extension,
                content_type=picture.content_type,
                fair_id=None,
                now=now,
            )
            enterprise.logo_id = file.id
        note(session, "enterprise.update", enterprise, fair_id=fair_id, actor=actor, now=now, section="logo")
    return enterprise


def _find(session: Session, enterprise: Enterprise, code: str) -> Capability | None:
    return session.scalar(
        sa.select(Capability).where(
            Capability.enterprise_id == enterprise.id,
            Capability.kind == CapabilityKind.CERTIFICATE,
            Capability.code == code,
        )
    )


def _write(row: Capability, values: dict[str, Any]) -> None:
    row.number, row.issuer, row.scope = values["number"], values["issuer"], values["scope"]
    row.issued_on, expires_on = _day(values["issued_on"]), _day(values["expires_on"])
    if row.issued_on and expires_on and expires_on < row.issued_on:
        raise CertificateDates()
    if expires_on != row.expires_on:
        row.warned_on = None
    row.expires_on = expires_on


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
