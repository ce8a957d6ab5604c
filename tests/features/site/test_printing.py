"""Ordering the catalogue: one click, the print of a freeze, the greeting, the list for the booth builder."""

import re
from datetime import timedelta

import pytest

from fairapp.accounts.policy import Role
from fairapp.booths import service as booths
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.jobs.models import Job, JobState
from fairapp.site import service
from fairapp.site.queries import PRINT
from tests.features.site.test_catalogue import DESK, order, printed, texts_of
from tests.features.site.test_directory import exhibitor
from tests.features.world import ACTOR


@pytest.fixture
def fair(world):
    fair = world.make_fair()
    hall = world.make_hall(fair)
    for number, name in enumerate(["Lò Xo", "Vỏ Nhựa"]):
        made = exhibitor(world, fair, name)
        world.make_booth(hall, f"A10{number}", x=3 * number, y=3)
        booths.allocate(fair.id, f"A10{number}", made.public_id, actor=ACTOR, now=world.now)
    return fair


def test_one_click_prints_the_catalogue_and_offers_it_for_download(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post(f"{DESK}/", data={"first": "vi", "second": "en"})
    world.run_jobs()

    page = organizer.get(answer.location).text
    file = organizer.get(re.search(r'href="([^"]+/file)"', page)[1])
    assert file.content_type == "application/pdf"
    assert len(texts_of(file.data)) == db.session.query(Job).filter_by(name=PRINT).one().outcome["pages"]
    assert "SIE27-catalogue-vi-en" in file.headers["Content-Disposition"]


def test_a_language_cannot_be_chosen_twice(world, fair):
    answer = world.sign_in_as(fair, Role.ORGANIZER).post(f"{DESK}/", data={"first": "vi", "second": "vi"})

    assert answer.status_code == 422
    assert "Choose another language than the first" in answer.text


def test_the_freeze_brings_its_own_print_once_and_it_stays_downloadable(world, fair):
    freeze = world.now + timedelta(hours=9)
    with transaction() as session:
        session.get_one(Fair, fair.id).catalogue_freeze_at = freeze

    assert service.order_frozen_catalogues(now=world.now) == 1
    assert service.order_frozen_catalogues(now=world.now) == 0
    world.run_jobs()
    assert db.session.query(Job).filter_by(name=PRINT).one().state is JobState.READY

    world.app.config["CLOCK"].now = freeze
    world.run_jobs()
    with transaction() as session:
        session.query(Enterprise).filter_by(short_name="Lò Xo").one().short_name = "Tên Mới"
    world.app.config["CLOCK"].now = freeze + timedelta(days=1)
    order(world, fair)

    page = world.sign_in_as(fair, Role.ORGANIZER).get(f"{DESK}/").text
    assert page.count("As frozen") == 1
    frozen = db.session.query(Job).filter_by(name=PRINT).order_by(Job.id).first()
    assert "Tên Mới" not in " ".join(texts_of(printed(world, frozen)))
    assert page.index("As frozen") > page.index("/file")


def test_a_freeze_that_was_moved_prints_at_its_new_time_only(world, fair):
    old, new = world.now + timedelta(hours=1), world.now + timedelta(hours=5)
    with transaction() as session:
        session.get_one(Fair, fair.id).catalogue_freeze_at = old
    service.order_frozen_catalogues(now=world.now)
    with transaction() as session:
        session.get_one(Fair, fair.id).catalogue_freeze_at = new
    service.order_frozen_catalogues(now=world.now)

    world.app.config["CLOCK"].now = new
    world.run_jobs()

    jobs = db.session.query(Job).filter_by(name=PRINT).order_by(Job.run_at).all()
    assert [bool(job.file_id) for job in jobs] == [False, True]


def test_two_people_never_overwrite_each_others_greeting(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    version = re.search(r'name="version"[^>]*value="(\d+)"', organizer.get(f"{DESK}/").text)[1]
    greeting = {"version": version, "introduction_vi": "Một", "introduction_en": "One"}

    first = organizer.post(f"{DESK}/greeting", data=greeting)
    second = organizer.post(f"{DESK}/greeting", data={**greeting, "introduction_vi": "Hai"})

    assert first.status_code == 303
    assert second.status_code == 409
    assert "Hai" in second.text
    assert db.session.get_one(Fair, fair.id).introduction == {"vi": "Một", "en": "One"}


def test_the_builder_gets_every_booth_with_its_name_and_open_sides(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    with transaction() as session:
        session.query(Exhibitor).first().fascia_name = ""

    page = organizer.get(f"{DESK}/fascia-names").text

    assert "A100" in page
    assert page.count(">missing<") == 1
    assert organizer.get(f"{DESK}/fascia-names.xlsx").data[:2] == b"PK"
