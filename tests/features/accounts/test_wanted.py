"""Whoever signed up for a page lands on it."""

import pytest

APPLY = "/SIE27/exhibitor/apply"


def come_in(world, client):
    account = world.make_account()
    with client.session_transaction() as session:
        session["_user_id"] = account.fs_uniquifier
        session["_fresh"] = True
    return client.get("/account/")


def test_a_new_applicant_lands_on_the_application_after_the_mail(world):
    world.make_fair()
    client = world.visitor()

    client.get(f"/account/sign-up?next={APPLY}")
    answer = come_in(world, client)

    assert (answer.status_code, answer.location) == (303, APPLY)
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example", r"/\evil.example"])
def test_no_link_leads_a_new_account_to_another_site(sqlite_world, foreign):
    client = sqlite_world.visitor()

    client.get("/account/sign-up", query_string={"next": foreign})

    assert come_in(sqlite_world, client).location in (None, "/")


def test_whoever_signed_up_for_nothing_in_particular_sees_the_account(sqlite_world):
    client = sqlite_world.visitor()

    client.get("/account/sign-up")

    assert come_in(sqlite_world, client).status_code == 200
