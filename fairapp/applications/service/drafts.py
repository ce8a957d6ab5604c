"""Keeping what an applicant typed before it is sent; it is there again after signing in on another device."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications.models import ApplicationDraft
from fairapp.database import add_once, count_changed, db, transaction
from fairapp.errors import FairError
from fairapp.files import service as files
from fairapp.files.models import StoredFile

Typed = Mapping[str, Sequence[str]]


class DraftChanged(FairError):
    """Another window has saved or sent the application since this one was opened."""

    code = "draft_changed"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose draft it is: of an account in a fair, for a new application or for one that was sent."""

    fair_id: int
    account_id: int
    application_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that was chosen; ``control`` is the hidden field that remembers it."""

    control: str
    name: str
    content: bytes
    content_type: str


def find(owner: Owner) -> ApplicationDraft | None:
    """Return what was typed and not sent."""
    return db.session.scalar(_of(owner))


def list_open(account_id: int) -> Sequence[ApplicationDraft]:
    """Return an account's drafts of new applications, the latest first."""
    return db.session.scalars(
        sa.select(ApplicationDraft)
        .where(ApplicationDraft.account_id == account_id, ApplicationDraft.application_id.is_(None))
        .order_by(ApplicationDraft.saved_at.desc())
    ).all()


def save(
    owner: Owner,
    step: str,
    typed: Typed,
    *,
    version: int,
    uploads: Sequence[NewFile] = (),
    now: datetime,
) -> ApplicationDraft:
    """Keep what was typed in one step; refuse if another window has saved since ``version``."""
    with transaction() as session:
        draft = _lock(session, owner, version, now=now)
        written = {name: list(values) for name, values in typed.items()}
        for upload in uploads:
            file = files.store(
                session,
                upload.content,
                name=upload.name,
                content_type=upload.content_type,
                fair_id=owner.fair_id,
                now=now,
            )
            written[upload.control] = [file.public_id]
            draft.files = {**draft.files, file.public_id: file.id}
        if draft.values.get(step) != written:
            draft.values = {**draft.values, step: written}
            _count_up(session, draft, now=now)
    return draft


def replace(
    owner: Owner, values: Mapping[str, Typed], *, kept: Mapping[str, int], version: int, now: datetime
) -> ApplicationDraft:
    """Begin anew with other values."""
    with transaction() as session:
        draft = _lock(session, owner, version, now=now)
        draft.values = {step: {name: list(one) for name, one in typed.items()} for step, typed in values.items()}
        draft.files = dict(kept)
        _count_up(session, draft, now=now)
    return draft


def discard(owner: Owner, *, version: int) -> None:
    """Throw away what was typed."""
    with transaction() as session:
        gone = count_changed(
            session, sa.delete(ApplicationDraft).where(*_conditions(owner), ApplicationDraft.version == version)
        )
        if not gone and session.scalar(_of(owner)) is not None:
            raise DraftChanged()


def drop(session: Session, owner: Owner) -> None:
    """Drop a draft in the transaction that sends it."""
    session.execute(sa.delete(ApplicationDraft).where(*_conditions(owner)))


def file_of(session: Session, draft_files: Mapping[str, Any], public_id: str) -> StoredFile | None:
    """Return a file that belongs to a draft; what a browser claims besides is none."""
    file_id = draft_files.get(public_id)
    return session.get(StoredFile, file_id) if file_id is not None else None


def _lock(session: Session, owner: Owner, version: int, *, now: datetime) -> ApplicationDraft:
    draft = session.scalar(_of(owner).with_for_update().execution_options(populate_existing=True))
    if draft is None:
        if version:
            raise DraftChanged()
        draft = ApplicationDraft(
            fair_id=owner.fair_id,
            account_id=owner.account_id,
            application_id=owner.application_id,
            values={},
            files={},
            version=0,
            saved_at=now,
        )
        add_once(session, draft, DraftChanged())
    elif draft.version != version:
        raise DraftChanged()
    return draft


def _count_up(session: Session, draft: ApplicationDraft, *, now: datetime) -> None:
    draft.version, draft.saved_at = draft.version + 1, now
    session.flush()


def _of(owner: Owner) -> sa.Select[ApplicationDraft]:
    return sa.select(ApplicationDraft).where(*_conditions(owner))


def _conditions(owner: Owner) -> tuple[sa.ColumnElement[bool], ...]:
    application = (
        ApplicationDraft.application_id.is_(None)
        if owner.application_id is None
        else ApplicationDraft.application_id == owner.application_id
    )
    return (
        ApplicationDraft.fair_id == owner.fair_id,
        ApplicationDraft.account_id == owner.account_id,
        application,
    )
