"""Keeping files: bytes in the file store (a folder, or object storage), what they are in a row."""

import hashlib
import secrets
from datetime import datetime
from pathlib import PurePath

import fsspec
from sqlalchemy.orm import Session

from fairapp.files import sniffing
from fairapp.files.models import StoredFile
from fairapp.web.settings import setting


def store(
    session: Session,
    content: bytes,
    *,
    name: str,
    content_type: str,
    fair_id: int | None,
    now: datetime,
) -> StoredFile:
    """Keep ``content`` as part of the running transaction.

    The bytes are written first: a failed transaction leaves an orphan in the store, never a row
    without its file.
    """
    key = f"{now:%Y/%m}/{secrets.token_hex(16)}"
    filesystem, root = _filesystem()
    path = f"{root}/{key}"
    filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
    with filesystem.open(path, "wb") as target:
        target.write(content)
    file = StoredFile(
        fair_id=fair_id,
        key=key,
        name=_plain_name(name),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=now,
    )
    session.add(file)
    session.flush()
    return file


def _plain_name(name: str) -> str:
    """Return the last part of a name; a line break in it would end the header of the download."""
    printable = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return PurePath(printable).name[-200:] or "file"


def store_upload(
    session: Session,
    content: bytes,
    *,
    name: str,
    accepted: frozenset[str],
    fair_id: int | None,
    now: datetime,
) -> StoredFile:
    """Keep an upload if its content is of an accepted kind; its name gets the true extension."""
    kind = sniffing.sniff(content, accepted=accepted)
    true_name = (PurePath(name.replace("\\", "/")).stem or "file") + kind.extension
    return store(session, content, name=true_name, content_type=kind.content_type, fair_id=fair_id, now=now)


def read(file: StoredFile) -> bytes:
    """Return the bytes of a stored file."""
    filesystem, root = _filesystem()
    content: bytes = filesystem.cat_file(f"{root}/{file.key}")
    return content


def _filesystem() -> tuple[fsspec.AbstractFileSystem, str]:
    filesystem, root = fsspec.core.url_to_fs(setting("FILES_URL"))
    return filesystem, root.rstrip("/")
