"""Files are kept as they came, under names that nobody chose."""

import io
import pathlib

import pytest
import sqlalchemy as sa
from PIL import Image

from fairapp.database import db, transaction
from fairapp.files import service
from fairapp.files.models import StoredFile
from fairapp.files.sniffing import PDF, FileRefused

IMAGES = frozenset({"image/png", "image/jpeg"})


def png() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (4, 4)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def file_world(world, tmp_path):
    """A world with a file store of its own."""
    before = world.app.config["FILES_URL"]
    world.app.config["FILES_URL"] = f"file://{tmp_path / 'files'}"
    yield world
    world.app.config["FILES_URL"] = before


def files_in(folder: pathlib.Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_byte_for_byte(file_world):
    content = bytes(range(256)) * 40
    with transaction() as session:
        service.store(session, content, name="thẻ.pdf", content_type=PDF, fair_id=None, now=file_world.now)
    db.session.expire_all()

    file = db.session.scalar(sa.select(StoredFile))

    assert service.read(file) == content
    assert (file.name, file.size, len(file.sha256)) == ("thẻ.pdf", len(content), 64)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\Long\\giấy phép.exe", "giấy phép.png"),
        ("", "file.png"),
        ("giấy\r\nphép.png", "giấyphép.png"),
        ("x" * 300, "x" * 196 + ".png"),
        ("ảnh.jpg", "ảnh.png"),
    ],
)
def test_a_name_is_a_name_and_never_a_path(file_world, tmp_path, name, kept):
    with transaction() as session:
        file = service.store_upload(session, png(), name=name, accepted=IMAGES, fair_id=None, now=file_world.now)
        key = file.key

    assert db.session.scalar(sa.select(StoredFile.name)) == kept
    assert key.startswith("2026/11/")
    assert files_in(tmp_path / "files") == [png()]


def test_an_upload_that_is_not_what_it_says_is_kept_nowhere(file_world, tmp_path):
    with pytest.raises(FileRefused), transaction() as session:
        service.store_upload(
            session, b"MZ a program", name="photo.png", accepted=IMAGES, fair_id=None, now=file_world.now
        )

    assert files_in(tmp_path / "files") == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0


def test_a_failed_use_case_leaves_no_row_without_its_file(file_world, tmp_path):
    with pytest.raises(KeyError), transaction() as session:
        service.store(session, b"x", name="x", content_type=PDF, fair_id=None, now=file_world.now)
        raise KeyError

    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0
    assert files_in(tmp_path / "files") == [b"x"]  # an orphan; a row without its file would be a broken link
