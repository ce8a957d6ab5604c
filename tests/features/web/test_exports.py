"""Every list of the organizer goes out with the columns that somebody ticked, as XLSX or as CSV."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from fairapp.accounts.policy import Role
from fairapp.web import exports

DESK = "/SIE27/organizer"


def sheet(answer) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    world.make_visitor(fair, full_name="=1+1", position="+ngắn", email="a@b.example")
    return world.sign_in_as(fair, Role.ORGANIZER)


def test_a_list_has_the_ticked_columns_in_its_own_order(organizer):
    answer = organizer.get(f"{DESK}/visitors.xlsx?columns=mail_address&columns=full_name&columns=nonsense")

    assert sheet(answer) == [["Full name", "Mail address"], ["'=1+1", "a@b.example"]]


def test_a_list_without_a_choice_has_every_usual_column(organizer):
    assert len(sheet(organizer.get(f"{DESK}/visitors.xlsx"))[0]) == 9


def test_the_ticks_are_remembered_on_the_device(world, fair, organizer):
    organizer.get(f"{DESK}/visitors.xlsx?columns=full_name&columns=phone")

    page = organizer.get(f"{DESK}/visitors/").text
    assert 'value="full_name" checked' in page
    assert 'value="phone" checked' in page
    assert 'value="mail_address" checked' not in page
    other = world.sign_in_as(fair, Role.ORGANIZER).get(f"{DESK}/visitors/").text
    assert 'value="mail_address" checked' in other


def test_the_dialog_passes_the_filters_of_the_page_on(organizer):
    page = organizer.get(f"{DESK}/visitors/?q=thao&category=visitor&page=2").text
    dialog = page.partition('id="export"')[2].partition("</form>")[0]

    assert '<input type="hidden" name="q" value="thao">' in dialog
    assert '<input type="hidden" name="category" value="visitor">' in dialog
    assert 'name="page"' not in dialog


@pytest.mark.parametrize(("language", "separator"), [("vi", ";"), ("en", ",")])
def test_csv_opens_in_excel_with_letters_cells_and_no_formula(organizer, language, separator):
    organizer.set_cookie("language", language)

    answer = organizer.get(f"{DESK}/visitors.xlsx?format=csv&columns=full_name&columns=position")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert ".csv" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=separator))
    assert rows[1] == ["'=1+1", "'+ngắn"]


def test_a_decimal_comma_stays_within_its_cell(world, fair, organizer):
    world.make_booth(world.make_hall(fair), area=10.5)
    organizer.set_cookie("language", "vi")

    answer = organizer.get(f"{DESK}/booths/list.xlsx?format=csv&columns=booth&columns=net_area_in_m2")

    assert answer.data.decode("utf-8-sig").splitlines()[1] == "A101;10,5"


def test_every_export_offers_columns_that_differ_and_its_rows_are_as_wide(world, fair, organizer):
    world.make_exhibitor(fair)
    world.make_need(world.make_buyer(fair))
    offered = {endpoint: view for endpoint, view in world.app.view_functions.items() if getattr(view, "columns", None)}

    assert len(offered) > 15
    for endpoint in offered:
        with world.app.test_request_context("/SIE27/", headers={"Cookie": "language=en"}):
            from flask import g, url_for

            g.fair = fair
            columns = exports.choices(endpoint)
            url = url_for(endpoint, fair_code="SIE27")
        keys = [one.key for one in columns]
        assert len(keys) == len(set(keys)), endpoint
        answer = organizer.get(url, query_string=[("columns", key) for key in keys])
        assert answer.status_code == 200, endpoint
        assert sheet(answer)[0] == [one.title for one in columns], endpoint
