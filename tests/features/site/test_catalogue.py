"""The printed catalogue: one click, a job, a PDF whose indexes are right."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from fairapp.booths import service as booths
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.files import service as files
from fairapp.jobs.models import Job
from fairapp.site import service, typesetting
from tests.features.files.test_storing import png
from tests.features.site.test_directory import exhibitor
from tests.features.world import ACTOR

DESK = "/SIE27/organizer/catalogue"


def texts_of(pdf: bytes) -> list[str]:
    """Return the words of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def printed(world, job: Job) -> bytes:
    with world.app.app_context():
        return files.read(db.session.get_one(Job, job.id).file)


@pytest.fixture
def world(sqlite_world):
    """How pages are set does not depend on the database; what is ordered and kept is tested on both below."""
    return sqlite_world


@pytest.fixture
def fair(world, monkeypatch):
    monkeypatch.setattr(typesetting, "AT_ONCE", 4)
    fair = world.make_fair(fictional=True, introduction={"vi": "Kính gửi Quý khách.", "en": "Dear guests."})
    hall = world.make_hall(fair)
    for number, name in enumerate(["Đúc Áp Lực", "Dây Điện", "An Bình", "Ánh Dương", "Khuôn Mẫu", "Lò Xo", "Vỏ Nhựa"]):
        made = exhibitor(
            world, fair, name, capabilities=[("sector", "precision_mechanical", {}), ("process", "cnc_turning", {})]
        )
        world.make_booth(hall, f"A10{number}", x=3 * number, y=3)
        booths.allocate(fair.id, f"A10{number}", made.public_id, actor=ACTOR, now=world.now)
    return fair


def order(world, fair, *, sample=False) -> Job:
    job = service.order_catalogue(fair.id, tongues=["vi", "en"], sample=sample, actor=ACTOR, now=world.now)
    world.run_jobs()
    return db.session.get_one(Job, job.id)


def test_every_index_names_the_page_on_which_the_exhibitor_stands(world, fair):
    pages = texts_of(printed(world, order(world, fair)))

    names = ["An Bình", "Ánh Dương", "Dây Điện", "Đúc Áp Lực", "Khuôn Mẫu", "Lò Xo", "Vỏ Nhựa"]
    where = {name: next(n for n, page in enumerate(pages, 1) if f"Công ty TNHH {name}" in page) for name in names}
    assert sorted(where, key=lambda name: (where[name], names.index(name))) == names
    assert len(set(where.values())) > 1
    for index in pages[-3:]:
        for name, number in where.items():
            assert re.search(rf"{name}(?: A10\d)? {number}\b|A10\d {name} {number}\b", index), (name, index)


def test_links_and_outline_lead_to_the_pages(world, fair):
    pdf = printed(world, order(world, fair))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = [link for page in document.pages for link in page.get("/Annots", [])]
        targets = [document.pages.index(pikepdf.Page(link.Dest[0])) for link in links if "/Dest" in link]
        with document.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert len(targets) >= 6 + 7 * 3  # a link over two lines counts twice
    assert max(targets) < len(texts_of(pdf))
    assert not any("catalogue:" in str(link.get("/A", {}).get("/URI", "")) for link in links)
    assert len(titles) == 6


def test_the_catalogue_greets_shows_the_plan_and_says_that_all_is_invented(world, fair):
    pages = texts_of(printed(world, order(world, fair)))

    assert "Kính gửi Quý khách." in pages[1]
    assert "Dear guests." in pages[1]
    assert "A100" in pages[3]
    with world.app.test_request_context(headers={"Accept-Language": "vi"}):
        from flask_babel import gettext

        mark = gettext("DEMO DATA")
    assert all(mark in page for page in pages if "A100" not in page or "Index" not in page) or mark in pages[0]
    assert mark in pages[-1]


def test_who_is_not_listed_is_not_printed(world, fair):
    with transaction() as session:
        hidden = session.query(Exhibitor).join(Enterprise).filter(Enterprise.short_name == "Lò Xo").one()
        hidden.listed = False

    text = " ".join(texts_of(printed(world, order(world, fair))))

    assert "Lò Xo" not in text
    assert "Khuôn Mẫu" in text


def test_a_long_entry_runs_over_and_nobody_is_lost_between_the_parts(world, fair):
    with transaction() as session:
        for number, enterprise in enumerate(session.query(Enterprise).order_by(Enterprise.id)):
            enterprise.summary = {"vi": "Chúng tôi làm khuôn. " * (400 if number == 2 else 20)}

    pages = texts_of(printed(world, order(world, fair)))

    for name in ("An Bình", "Ánh Dương", "Dây Điện", "Đúc Áp Lực", "Khuôn Mẫu", "Lò Xo", "Vỏ Nhựa"):
        assert sum(f"Công ty TNHH {name}" in page for page in pages) == 1
    assert all(pages)


def pictures_in(pdf):
    streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
    return sum(one.get("/Subtype") == "/Image" for one in streams)


def test_a_logo_is_printed(world, fair):
    plain = printed(world, order(world, fair))
    with transaction() as session:
        logo = files.store(session, png(), name="l.png", content_type="image/png", fair_id=None, now=world.now)
        session.query(Enterprise).first().logo_id = logo.id

    with pikepdf.open(io.BytesIO(plain)) as before, pikepdf.open(io.BytesIO(printed(world, order(world, fair)))) as now:
        assert pictures_in(before) == 0
        assert pictures_in(now) > 0


def test_a_torn_logo_leaves_the_catalogue_whole(world, fair):
    with transaction() as session:
        torn = files.store(session, b"no picture", name="l.png", content_type="image/png", fair_id=None, now=world.now)
        session.query(Enterprise).first().logo_id = torn.id

    with pikepdf.open(io.BytesIO(printed(world, order(world, fair)))) as pdf:
        assert pictures_in(pdf) == 0


def test_a_sample_is_marked_as_one(world, fair):
    job = order(world, fair, sample=True)

    assert "-sample-" in job.file.name
    assert job.outcome["exhibitors"] == 7


def test_a_fair_without_exhibitors_still_prints(world):
    fair = world.make_fair()

    assert len(texts_of(printed(world, order(world, fair)))) >= 3
