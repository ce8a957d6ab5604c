"""Signing up, in and out; roles of a fair."""

import re
import threading
import time

import pyotp
import sqlalchemy as sa

from fairapp.accounts.models import Account, Membership
from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.mail.models import Mail

PASSWORD = "rat-dai-va-kho"


def link_in_last_mail(world):
    world.run_jobs()
    body = db.session.scalar(sa.select(Mail.body).order_by(Mail.id.desc()))
    return re.search(r"http://[^/]+(/\S+)", body)[1]


def sign_up(world, client):
    return client.post(
        "/account/sign-up",
        data={
            "full_name": "Bùi Quốc Long",
            "email": "long@enterprise.example",
            "password": PASSWORD,
            "password_confirm": PASSWORD,
        },
    )


def sign_in(client):
    return client.post("/account/sign-in", data={"email": "long@enterprise.example", "password": PASSWORD})


def test_somebody_signs_up_confirms_and_signs_in(world):
    client = world.visitor()

    assert sign_up(world, client).status_code == 302
    assert client.get("/account/").status_code == 303
    assert client.get(link_in_last_mail(world)).status_code == 302
    client = world.visitor()
    sign_in(client)

    page = client.get("/account/")
    assert page.status_code == 200
    assert "Bùi Quốc Long" in page.text
    assert db.session.scalar(sa.select(Account.full_name)) == "Bùi Quốc Long"


def test_a_link_in_a_mail_confirms_also_while_somebody_else_writes(sqlite_world):
    world, client = sqlite_world, sqlite_world.visitor()
    sign_up(world, client)
    link, answers = link_in_last_mail(world), []

    def open_it():
        with world.app.app_context():
            answers.append(world.visitor().get(link).status_code)

    opener = threading.Thread(target=open_it)

    with transaction() as session:
        session.execute(sa.update(Mail).values(to_name="Somebody"))
        opener.start()
        time.sleep(1)  # the link is opened before the rival commits
    opener.join()

    assert answers == [302]


def test_without_confirmation_nobody_gets_in(sqlite_world):
    client = sqlite_world.visitor()
    sign_up(sqlite_world, client)

    assert sign_in(client).status_code == 200
    assert client.get("/account/").status_code == 303


def test_a_forgotten_password_is_set_anew_by_mail(sqlite_world):
    client = sqlite_world.visitor()
    sign_up(sqlite_world, client)
    client.get(link_in_last_mail(sqlite_world))
    other = sqlite_world.visitor()
    other.post("/account/reset", data={"email": "long@enterprise.example"})

    link = link_in_last_mail(sqlite_world)
    new = "mat-khau-moi-tinh"
    assert other.get(link).status_code == 200
    assert other.post(link, data={"password": new, "password_confirm": new}).status_code == 302

    fresh = sqlite_world.visitor()
    fresh.post("/account/sign-in", data={"email": "long@enterprise.example", "password": new})
    assert fresh.get("/account/").status_code == 200


def test_a_second_factor_is_set_up_and_asked_for(sqlite_world):
    client = sqlite_world.visitor()
    sign_up(sqlite_world, client)
    client.get(link_in_last_mail(sqlite_world))
    client = sqlite_world.visitor()
    sign_in(client)
    setup = client.post("/account/tf-setup", data={"setup": "authenticator"}).text
    key = re.search(r"<code>([A-Z0-9 -]+)</code>", setup)[1].replace("-", "").replace(" ", "")
    action = re.search(r'action="(/account/tf-(?:setup|validate)[^"]*)"', setup)[1]
    client.post(action, data={"code": pyotp.TOTP(key).now()})

    fresh = sqlite_world.visitor()
    answer = sign_in(fresh)

    assert answer.status_code == 302
    assert "tf-validate" in answer.location
    assert fresh.get("/account/").status_code == 303
    assert "Second factor" in fresh.get("/account/tf-validate").text


def test_an_organizer_gives_and_takes_roles_but_one_organizer_stays(world):
    fair = world.make_fair()
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    page = "/SIE27/organizer/people/"

    given = organizer.post(page, data={"full_name": "Cổng A1", "email": "gate@x.example", "role": "gate"})
    gate = db.session.scalar(sa.select(Membership).where(Membership.role == Role.GATE))
    taken = organizer.post(f"{page}{gate.public_id}/remove")
    last = db.session.scalar(sa.select(Membership).where(Membership.role == Role.ORGANIZER))
    refused = organizer.post(f"{page}{last.public_id}/remove")

    assert (given.status_code, taken.status_code, refused.status_code) == (303, 303, 409)
    assert "at least one organizer" in refused.text


def test_the_language_of_the_switch_wins_and_is_remembered_by_the_account(sqlite_world):
    sqlite_world.make_fair()
    account = sqlite_world.make_account(language=None)
    client = sqlite_world.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = account.fs_uniquifier
        session["_fresh"] = True

    assert '<html lang="ja"' in client.get("/SIE27/", headers={"Accept-Language": "ja,en"}).text
    assert '<html lang="vi"' in client.get("/SIE27/", headers={"Accept-Language": "fr"}).text
    client.post("/language", data={"language": "ko", "next": "//evil.example"})
    assert '<html lang="ko"' in client.get("/SIE27/", headers={"Accept-Language": "ja"}).text
    assert db.session.scalar(sa.select(Account.language)) == "ko"


def test_a_trial_without_mail_server_shows_the_mail_to_the_browser_that_signed_up_only(sqlite_world):
    client, other = sqlite_world.visitor(), sqlite_world.visitor()
    answer = sign_up(sqlite_world, client)
    sqlite_world.run_jobs()

    page = client.get(answer.location)

    assert page.status_code == 200
    link = re.search(r'href="http://[^/"]+(/account/confirm/[^"]+)"', page.text)[1]
    assert client.get(link).status_code == 302
    assert "/account/confirm/" not in other.get(answer.location).text


def test_in_production_no_mail_is_shown_to_anybody(sqlite_world):
    client = sqlite_world.visitor()
    sqlite_world.app.config["PRODUCTION"] = True
    try:
        answer = sign_up(sqlite_world, client)
        sqlite_world.run_jobs()
        page = client.get(answer.location).text
    finally:
        sqlite_world.app.config["PRODUCTION"] = False

    assert "We have written to long@enterprise.example." in page
    assert "/account/confirm/" not in page


def test_a_forged_host_header_does_not_get_into_the_links_of_mails(sqlite_world):
    client = sqlite_world.visitor()
    sign_up(sqlite_world, client)
    client.get(link_in_last_mail(sqlite_world))
    other = sqlite_world.visitor()

    other.post("/account/reset", data={"email": "long@enterprise.example"}, headers={"Host": "evil.example"})
    sqlite_world.run_jobs()

    bodies = db.session.scalars(sa.select(Mail.body)).all()
    assert len(bodies) == 2
    assert all("http://fair.example/account/" in body and "evil" not in body for body in bodies)


def with_second_factor(world):
    """Return a browser signed in with a second factor, and the key of the authenticator app."""
    client = world.visitor()
    sign_up(world, client)
    client.get(link_in_last_mail(world))
    client = world.visitor()
    sign_in(client)
    setup = client.post("/account/tf-setup", data={"setup": "authenticator"}).text
    key = re.search(r"<code>([A-Z0-9 -]+)</code>", setup)[1].replace("-", "").replace(" ", "")
    action = re.search(r'action="(/account/tf-(?:setup|validate)[^"]*)"', setup)[1]
    client.post(action, data={"code": pyotp.TOTP(key).now()})
    return client, key


def test_the_code_of_the_app_lets_in_and_a_wrong_one_does_not(sqlite_world):
    _, key = with_second_factor(sqlite_world)
    fresh = sqlite_world.visitor()
    sign_in(fresh)

    assert fresh.post("/account/tf-validate", data={"code": "000000"}).status_code == 200
    assert fresh.get("/account/").status_code == 303
    later = pyotp.TOTP(key).at(int(time.time()) + 30)  # the code of the set-up is used up
    assert fresh.post("/account/tf-validate", data={"code": later}).status_code == 302
    assert fresh.get("/account/").status_code == 200


def test_a_recovery_code_is_a_second_factor_once(world):
    client, _ = with_second_factor(world)
    page = client.post("/account/mf-recovery-codes").text
    codes = re.findall(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b", page)
    assert len(set(codes)) >= 3

    def enter(code):
        fresh = world.visitor()
        sign_in(fresh)
        fresh.post("/account/mf-recovery", data={"code": code})
        return fresh.get("/account/").status_code

    assert enter(codes[0]) == 200
    assert enter(codes[0]) == 303  # used up
    assert enter("0000-0000-0000") == 303
    assert enter(codes[1]) == 200


def test_recovery_codes_are_shown_to_their_own_account_only(sqlite_world):
    client, _ = with_second_factor(sqlite_world)
    client.post("/account/mf-recovery-codes")

    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    shown = re.findall(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b", stranger.get("/account/mf-recovery-codes").text)
    assert shown == []
    assert sqlite_world.visitor().get("/account/mf-recovery-codes").status_code in {302, 303, 401}
