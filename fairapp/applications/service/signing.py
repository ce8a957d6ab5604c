"""The printed form that comes back with signature and stamp."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.applications import codes, scans
from fairapp.applications.models import Application, SignedForm
from fairapp.applications.scans import ScanState, Verdict
from fairapp.applications.service.shared import note, own
from fairapp.audit.service import ActorLike
from fairapp.database import transaction
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files import sniffing

SCANS = frozenset({sniffing.PDF, "image/jpeg", "image/png"})


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A signed form whose content and codes were read."""

    name: str
    content: bytes
    codes: tuple[str, ...]


def read_scan(name: str, content: bytes) -> Scan:
    """Return an upload with what its codes say; raise if it is neither PDF nor picture."""
    sniffing.sniff(content, accepted=SCANS)
    return Scan(name=name, content=content, codes=tuple(codes.find_codes(content)))


def upload(fair_id: int, enterprise_id: int, scan: Scan, *, actor: ActorLike, now: datetime) -> SignedForm:
    """Keep the signed form of an application; the ones before stay in its history."""
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        signed = keep(session, application, scan, account_id=actor.account_id, now=now)
        note(session, "application.sign", application, actor=actor, now=now, state=signed.state)
    return signed


def judge(session: Session, application: Application | None, scan: Scan, *, fair_id: int, number: int) -> Verdict:
    """Return what a scan is to an application that was sent ``number`` times; raise if it is another's."""
    fair = session.get_one(Fair, fair_id)
    return scans.judge(
        scan.codes,
        fair_code=fair.code,
        application_id=application.public_id if application else "",
        number=number,
    )


def keep(
    session: Session, application: Application, scan: Scan, *, account_id: int | None, now: datetime
) -> SignedForm:
    """Add a signed form in the running transaction and make it the application's scan."""
    last = max((one.number for one in application.submissions), default=0)
    verdict = judge(session, application, scan, fair_id=application.fair_id, number=last)
    file = files.store_upload(
        session, scan.content, name=scan.name, accepted=SCANS, fair_id=application.fair_id, now=now
    )
    signed = SignedForm(
        file=file, state=verdict.state.value, number=verdict.number, account_id=account_id, uploaded_at=now
    )
    application.signed_forms.append(signed)
    application.scan, application.scan_state = file, verdict.state.value
    session.flush()
    return signed


def outdate(application: Application) -> None:
    """Note that a form which was signed before belongs to an older submission."""
    if application.scan_state == ScanState.MATCHED.value:
        application.scan_state = ScanState.OLDER.value
