"""Visitors register and get their badge by mail."""

import io

import pikepdf
import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from fairapp import create_app
from fairapp.badges.models import Badge
from fairapp.database import db
from fairapp.files import service as files
from fairapp.mail.models import Mail
from fairapp.visitors.models import Visitor
from tests.conftest import settings
from tests.features.world import World

FORM = {
    "full_name": "Nguyễn Thị Phương Thảo",
    "enterprise_name": "Nhựa Tân Tiến",
    "email": "Thao@Visitor.example",
    "country": "VN",
    "processing": "y",
}


def test_a_visitor_registers_and_gets_a_mail_with_the_badge(world, client):
    world.make_fair()

    answer = client.post("/SIE27/register/", data=FORM)
    world.run_jobs()

    visitor = db.session.scalar(sa.select(Visitor))
    assert (answer.status_code, answer.location) == (303, f"/SIE27/register/v/{visitor.token}")
    assert visitor.email == "thao@visitor.example"
    mail = db.session.scalar(sa.select(Mail))
    assert (mail.to, mail.kind, mail.state) == ("thao@visitor.example", "visitor_badge", "kept")
    assert f"/SIE27/register/v/{visitor.token}" in mail.body
    pdf = files.read(mail.attachments[0].file)
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1
    assert client.get(answer.location).status_code == 200


def test_registering_twice_sends_the_link_again_and_tells_so(world, client):
    world.make_fair()
    client.post("/SIE27/register/", data=FORM)

    answer = client.post("/SIE27/register/", data=FORM)
    world.run_jobs()

    assert answer.status_code == 409
    assert "is registered already" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Visitor)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Badge)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Mail)) == 2


def test_the_consent_is_never_ticked_beforehand(sqlite_world):
    sqlite_world.make_fair()

    page = sqlite_world.visitor().get("/SIE27/register/").text

    assert 'id="processing"' in page
    assert "checked" not in page


def test_a_withdrawn_registration_has_a_worthless_badge(sqlite_world):
    fair = sqlite_world.make_fair()
    visitor = sqlite_world.make_visitor(fair)
    badge = sqlite_world.make_badge(visitor)

    sqlite_world.visitor().post(f"/SIE27/register/v/{visitor.token}/withdraw")
    sqlite_world.run_jobs()

    db.session.refresh(badge)
    assert badge.revoked_reason == "withdrawn"
    assert sqlite_world.visitor().get(f"/SIE27/register/v/{visitor.token}/badge.pdf").status_code == 410


@pytest.mark.parametrize("language", ["vi", "en", "ja", "ko"])
def test_the_form_opens_in_every_language(sqlite_world, language):
    sqlite_world.make_fair()
    client = sqlite_world.visitor()
    client.set_cookie("language", language)

    answer = client.get("/SIE27/register/")

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


def test_an_address_is_not_flooded_with_its_badge(tmp_path):
    app = create_app(settings(f"sqlite:///{tmp_path / 'fair.db'}", tmp_path, RATELIMIT_ENABLED=True))
    with app.app_context():
        upgrade()
        world = World(app)
        world.make_fair()
        client = world.visitor()

        answers = [client.post("/SIE27/register/", data=FORM).status_code for _ in range(12)]
        other = client.post("/SIE27/register/", data={**FORM, "email": "other@visitor.example"}).status_code

        db.session.remove()
        db.engine.dispose()
    assert (answers[0], answers[1], answers[-1], other) == (303, 409, 429, 303)


@pytest.mark.parametrize(("email", "status"), [("đại@visitor.example", 422), ("dai@ví-dụ.example", 303)])
def test_a_badge_goes_to_every_address_that_is_taken(sqlite_world, email, status):
    sqlite_world.make_fair()

    answer = sqlite_world.visitor().post("/SIE27/register/", data={**FORM, "email": email})
    sqlite_world.run_jobs()

    assert answer.status_code == status
    assert db.session.scalars(sa.select(Mail.state)).all() == (["kept"] if status == 303 else [])
