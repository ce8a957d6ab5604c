"""The queue: its filters, its counts, its workbook, and what it costs."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application, RemarkKind, Submission
from fairapp.booths.models import BoothChoice
from fairapp.database import db, transaction
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.files.models import StoredFile
from tests.features.counting import count_queries

DESK = "/SIE27/organizer/applications"


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def add(world, fair, name, *, enterprise=None, **values):
    made = world.make_enterprise(legal_name=name, short_name=name, **(enterprise or {}))
    return world.make_application(fair, made, **values)


def make_form(world, fair, application, state="matched"):
    with transaction() as session:
        form = StoredFile(
            fair_id=fair.id, key=f"form-{application.id}", name="form.pdf", content_type="application/pdf", size=1,
            sha256="0" * 64, created_at=world.now,
        )  # fmt: skip
        session.add(form)
        session.flush()
        row = session.get_one(Application, application.id)
        row.scan_id, row.scan_state = form.id, state


def seen(client, query):
    """Return which of two applications a filter leaves."""
    page = client.get(f"{DESK}/?{query}").text
    return {name for name in ("Đại Lộc", "Sao Mai") if f">{name}</a>" in page}


def fact(page, label):
    """Return what a page says to a label of its facts."""
    return page.split(f"<dt>{label}</dt>")[1].split("</dd>")[0]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("status=returned", {"status": ApplicationStatus.RETURNED}),
        ("subsidy=1", {"subsidy_wanted": True}),
        ("booth_type=raw_space", {"booth_type": "raw_space"}),
        ("province=24", {"enterprise": {"province": "24"}}),
        ("country=JP", {"enterprise": {"country": "JP", "province": None}}),
    ],
)
def test_a_filter_leaves_what_it_names(world, fair, organizer, query, values):
    add(world, fair, "Đại Lộc", **values)
    add(world, fair, "Sao Mai")

    assert seen(organizer, query) == {"Đại Lộc"}


def test_words_are_found_without_diacritics(world, fair, organizer):
    add(world, fair, "Đại Lộc")
    add(world, fair, "Sao Mai", contact_name="Nguyễn Đức Anh")

    assert seen(organizer, "q=dai loc") == {"Đại Lộc"}
    assert seen(organizer, "q=duc anh") == {"Sao Mai"}


def test_the_sector_filters(world, fair, organizer):
    add(world, fair, "Sao Mai")
    application = add(world, fair, "Đại Lộc")
    with transaction() as session:
        enterprise = session.get_one(Enterprise, application.enterprise_id)
        enterprise.capabilities.append(Capability(kind=CapabilityKind.SECTOR, code="mould_die_jig"))

    assert seen(organizer, "sector=mould_die_jig") == {"Đại Lộc"}


def test_the_body_filters_and_so_does_having_none(world, fair, organizer):
    body = world.make_body(fair)
    add(world, fair, "Đại Lộc", co_organizer_id=body.id)
    add(world, fair, "Sao Mai")

    assert seen(organizer, f"body={body.public_id}") == {"Đại Lộc"}
    assert seen(organizer, "body=none") == {"Sao Mai"}


def test_a_missing_form_and_each_state_of_one_filter(world, fair, organizer):
    make_form(world, fair, add(world, fair, "Đại Lộc"), "older")
    add(world, fair, "Sao Mai")

    assert seen(organizer, "form=missing") == {"Sao Mai"}
    assert seen(organizer, "form=older") == {"Đại Lộc"}
    assert seen(organizer, "form=matched") == set()


def test_unread_messages_and_recommendations_filter(world, fair, organizer):
    one, other = add(world, fair, "Đại Lộc"), add(world, fair, "Sao Mai")
    world.make_remark(one, kind=RemarkKind.FROM_EXHIBITOR)
    world.make_remark(other, kind=RemarkKind.FROM_EXHIBITOR, read_at=world.now)
    world.make_remark(other, kind=RemarkKind.AGAINST)

    assert seen(organizer, "unread=1") == {"Đại Lộc"}
    assert seen(organizer, "recommended=1") == {"Sao Mai"}


def test_double_applications_are_found_by_name_and_province_and_by_tax_code(world, fair, organizer):
    add(world, fair, "Đại Lộc", enterprise={"province": "24"})
    twin = world.make_enterprise(legal_name="Công ty TNHH Đại Lộc", short_name="CT Đại Lộc", province="24")
    world.make_application(fair, twin)
    add(world, fair, "Sao Mai", enterprise={"province": "24"})

    page = organizer.get(f"{DESK}/?duplicate=1").text

    assert "CT Đại Lộc" in page
    assert ">Đại Lộc</a>" in page
    assert "Sao Mai" not in page


def test_the_page_of_a_double_application_links_the_other(world, fair, organizer):
    tax_code = "0100233488"
    one = add(world, fair, "Đại Lộc", enterprise={"tax_code": tax_code, "province": "24"})
    other = add(world, fair, "Sao Mai", enterprise={"tax_code": f"{tax_code}-001", "province": "01"})

    page = organizer.get(f"{DESK}/{one.public_id}/").text

    assert "This looks like another application" in page
    assert f"/applications/{other.public_id}/" in page


def test_a_filter_that_leaves_nothing_leads_back_to_all(world, fair, organizer):
    add(world, fair, "Đại Lộc")

    page = organizer.get(f"{DESK}/?q=nobody").text

    assert "No application matches these filters" in page


def test_drafts_are_nobodys_business(world, fair, organizer):
    add(world, fair, "Đại Lộc", status=ApplicationStatus.DRAFT)

    assert seen(organizer, "") == set()


def test_before_and_after_lead_through_the_filtered_queue(world, fair, organizer):
    applications = [
        add(world, fair, name, enterprise={"province": "24"}, applied_at=world.now - timedelta(days=number))
        for number, name in enumerate(("Đại Lộc", "Sao Mai", "Kim Sơn"))
    ]
    add(world, fair, "Tân Tiến", applied_at=world.now - timedelta(hours=5))

    page = organizer.get(f"{DESK}/{applications[1].public_id}/?province=24").text

    assert "2 of 3" in page
    assert f'href="{DESK}/{applications[0].public_id}/?province=24" data-key="k"' in page
    assert f'href="{DESK}/{applications[2].public_id}/?province=24" data-key="j"' in page


def test_a_decision_leads_back_into_the_same_queue(world, fair, organizer):
    application = add(world, fair, "Đại Lộc", enterprise={"province": "24"})

    answer = organizer.post(f"{DESK}/{application.public_id}/accept?province=24")

    assert answer.location == f"{DESK}/{application.public_id}/?province=24"


def test_the_page_shows_choices_and_then_the_booth(world, fair, organizer):
    booth = world.make_booth(world.make_hall(fair))
    exhibitor = world.make_exhibitor(fair)
    application = db.session.scalar(sa.select(Application))
    with transaction() as session:
        session.add(BoothChoice(application_id=application.id, booth_id=booth.id, rank=1))

    before = organizer.get(f"{DESK}/{application.public_id}/").text
    organizer.post("/SIE27/organizer/booths/A101/allocate", data={"exhibitor": exhibitor.public_id})
    after = organizer.get(f"{DESK}/{application.public_id}/").text

    assert "1. A101" in before
    assert "None yet" in fact(before, "Allocated")
    assert "A101" in fact(after, "Allocated")
    assert f"/exhibitors/{exhibitor.public_id}/" in after


def test_what_changed_since_the_last_submission_is_shown_in_words(world, fair, organizer):
    application = add(world, fair, "Đại Lộc")
    first = {"fascia_name": "Đại Lộc", "province": "01", "sectors": ["precision_mechanical"], "corner": False}
    second = {**first, "province": "24", "sectors": ["precision_mechanical", "mould_die_jig"], "corner": True}
    with transaction() as session:
        for number, values in enumerate((first, second), 1):
            session.add(Submission(application_id=application.id, number=number, values=values, sent_at=world.now))

    page = organizer.get(f"{DESK}/{application.public_id}/").text

    changes = page.split('class="changes"')[1].split("</dl>")[0]
    assert "Bắc Ninh" in changes or "Bac Ninh" in changes
    assert "<del>no</del>" in changes
    assert "<ins>yes</ins>" in changes
    assert "Fascia name" not in changes


def test_what_is_missing_is_listed(world, fair, organizer):
    application = add(world, fair, "Đại Lộc", subsidy_wanted=True)
    with transaction() as session:
        enterprise = session.get_one(Enterprise, application.enterprise_id)
        enterprise.capabilities.append(
            Capability(kind=CapabilityKind.CERTIFICATE, code="iso_9001", expires_on=date(2020, 1, 1))
        )

    page = organizer.get(f"{DESK}/{application.public_id}/").text

    for words in ("The signed and stamped form", "Which body is to pay the subsidy", "A valid certificate"):
        assert words in page


def test_the_application_is_printed(world, fair, organizer):
    application = add(world, fair, "Đại Lộc")

    page = organizer.get(f"{DESK}/{application.public_id}/print").text

    assert "Đại Lộc" in page
    assert 'class="paper"' in page


def test_the_workbook_has_a_title_for_every_column_and_what_the_filter_leaves(world, fair, organizer):
    from fairapp.applications.views.columns import COLUMNS

    add(world, fair, "Đại Lộc", subsidy_wanted=True, subsidy_source="Sở Công Thương")
    add(world, fair, "Sao Mai")

    book = zipfile.ZipFile(io.BytesIO(organizer.get("/SIE27/organizer/applications.xlsx?subsidy=1").data))
    texts = book.read("xl/sharedStrings.xml").decode()

    sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert len(re.findall(r'<c r="[A-Z]+1"', sheet)) == len(COLUMNS)
    assert ">Subsidy from<" in texts
    assert len({column.key for column in COLUMNS}) == len(COLUMNS)
    assert "Sở Công Thương" in texts
    assert "Sao Mai" not in texts


def fill(world, fair, count):
    """Add applications in bulk: one row each, as an import would."""
    with transaction() as session:
        start = session.scalar(sa.select(sa.func.count()).select_from(Enterprise))
        for number in range(start, start + count):
            enterprise = Enterprise(
                legal_name=f"Công ty {number}", tax_code=f"09{number:08}", province="01",
                capabilities=[Capability(kind=CapabilityKind.SECTOR, code="precision_mechanical")],
            )  # fmt: skip
            session.add(
                Application(
                    fair_id=fair.id, enterprise=enterprise, status=ApplicationStatus.APPLIED, created_at=world.now,
                    applied_at=world.now,
                )
            )  # fmt: skip


@pytest.mark.parametrize("query", ["", "duplicate=1", "unread=1&sort=name", "q=cong&sector=precision_mechanical"])
def test_2000_applications_cost_as_many_queries_as_20(sqlite_world, query):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    costs = []
    for more in (20, 1980):
        fill(sqlite_world, fair, more)
        with count_queries(sqlite_world) as statements:
            assert organizer.get(f"{DESK}/?{query}").status_code == 200
        costs.append(len(statements))

    assert len(set(costs)) == 1, costs


def test_one_application_costs_the_same_among_2000(sqlite_world):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    application = sqlite_world.make_application(fair)
    costs = []
    for more in (20, 1980):
        fill(sqlite_world, fair, more)
        with count_queries(sqlite_world) as statements:
            assert organizer.get(f"{DESK}/{application.public_id}/").status_code == 200
        costs.append(len(statements))

    assert len(set(costs)) == 1, costs
