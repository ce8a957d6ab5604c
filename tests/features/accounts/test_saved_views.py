"""Filters that an account keeps under a name."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.models import SavedView
from fairapp.accounts.policy import Role
from fairapp.database import db

LIST = "/SIE27/organizer/applications/"
VIEWS = "/SIE27/organizer/views/"
NAME = "applications.list_applications"


@pytest.fixture
def fair(world):
    return world.make_fair()


def save(client, name="Bắc Ninh chờ", query="province=27&status=applied&page=3", **values):
    return client.post(VIEWS, data={"list_name": NAME, "name": name, "query": query, **values})


def test_a_view_is_kept_without_its_page_and_leads_back(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = save(organizer)

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(SavedView.query)) == "province=27&status=applied"
    page = organizer.get(LIST).text
    assert "Bắc Ninh chờ" in page
    assert f"{LIST}?province=27&amp;status=applied" in page


def test_the_view_that_is_shown_is_marked_and_not_offered_again(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    save(organizer)

    here = organizer.get(f"{LIST}?status=applied&province=27").text
    elsewhere = organizer.get(f"{LIST}?status=returned").text

    assert 'aria-current="true"><svg' in here.replace("\n", "")
    assert "Save this view" not in here
    assert "Save this view" in elsewhere
    assert "Save this view" not in organizer.get(LIST).text


def test_a_view_is_seen_by_others_only_if_it_is_shared(world, fair):
    organizer, other = world.sign_in_as(fair, Role.ORGANIZER), world.sign_in_as(fair, Role.ORGANIZER)
    save(organizer, "Của tôi")
    save(organizer, "Của chung", shared="1")

    page = other.get(LIST).text

    assert "Của chung" in page
    assert "Của tôi" not in page
    assert "Delete the view" not in page


def test_a_co_organizer_sees_its_own_views_only_and_shares_none(world, fair):
    co_organizer = world.sign_in_as(fair, Role.CO_ORGANIZER, body=world.make_body(fair))
    save(world.sign_in_as(fair, Role.ORGANIZER), "Của ban tổ chức", shared="1")
    save(co_organizer, "Của sở", shared="1")

    assert "Của ban tổ chức" not in co_organizer.get(LIST).text
    assert "Của sở" in co_organizer.get(LIST).text
    assert "Của sở" not in world.sign_in_as(fair, Role.ORGANIZER).get(LIST).text


def test_a_name_is_taken_once(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    save(organizer)

    answer = save(organizer, query="status=returned")

    assert "You have a view of this name already." in organizer.get(answer.location).text
    assert db.session.scalars(sa.select(SavedView.query)).all() == ["province=27&status=applied"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_that_is_none_is_refused(world, fair, name):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = save(organizer, name)

    assert "A view needs a name" in organizer.get(answer.location).text
    assert db.session.scalar(sa.select(SavedView)) is None


def test_a_deleted_view_comes_back_by_undo(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    save(organizer, shared="1")
    view = db.session.scalar(sa.select(SavedView))

    gone = organizer.post(f"{VIEWS}{view.public_id}/delete")
    page = organizer.get(gone.location).text

    assert db.session.scalar(sa.select(SavedView)) is None
    assert 'name="shared" value="1"' in page
    save(organizer, shared="1")
    assert db.session.scalar(sa.select(SavedView.shared)) is True


def test_nobody_deletes_the_view_of_somebody_else(world, fair):
    save(world.sign_in_as(fair, Role.ORGANIZER), shared="1")
    view = db.session.scalar(sa.select(SavedView))

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(f"{VIEWS}{view.public_id}/delete")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "name", ["nothing.here", "security.login", "applications.show_application", "members.list_members"]
)
def test_only_lists_that_the_account_may_open_have_views(world, fair, name):
    co_organizer = world.sign_in_as(fair, Role.CO_ORGANIZER, body=world.make_body(fair))

    assert co_organizer.post(VIEWS, data={"list_name": name, "name": "x", "query": ""}).status_code == 422


def test_a_view_belongs_to_its_fair(world, fair):
    account = world.make_member(fair, Role.ORGANIZER)
    client = world.sign_in(account)
    world.make_view(world.make_fair("VIF27"), account, name="Hội chợ khác", shared=True)

    assert "Hội chợ khác" not in client.get(LIST).text
