"""What was typed is kept, comes back anywhere, and is never overwritten unasked."""

import io

import sqlalchemy as sa
from PIL import Image

from fairapp.applications.models import Application, ApplicationDraft
from fairapp.applications.service import drafts
from fairapp.applications.service.drafts import Owner
from fairapp.database import db
from tests.features.applications.filling import ENTERPRISE, OLD, apply, first, second
from tests.features.threads import at_once

DRAFT = "/SIE27/exhibitor/apply/draft"
JSON = {"Accept": "application/json"}


def keep(client, version=0, **typed):
    return client.post(DRAFT, data={"step": "enterprise", "draft_version": version, **typed}, headers=JSON)


def picture():
    target = io.BytesIO()
    Image.new("RGB", (200, 100), "green").save(target, "PNG")
    return target.getvalue()


def test_what_is_typed_is_kept_before_a_tax_code_is_known_and_comes_back_on_another_device(world):
    world.make_fair()
    account = world.make_account()

    answer = keep(world.sign_in(account), legal_name="Cơ khí Đại", tax_code="01", **{"machines-0-kind": "Máy tiện"})
    page = world.sign_in(account).get("/SIE27/exhibitor/apply").text

    assert answer.status_code == 200
    assert answer.json["version"] == 1
    assert answer.json["saved"].startswith("Saved at ")
    assert [f'value="{text}"' in page for text in ("Cơ khí Đại", "01", "Máy tiện")] == [True, True, True]
    assert answer.json["saved"] in page
    assert db.session.scalar(sa.select(Application.id)) is None


def test_a_draft_belongs_to_one_account_and_one_fair(sqlite_world):
    sqlite_world.make_fair()
    sqlite_world.make_fair("VIF27")
    account = sqlite_world.make_account()
    keep(sqlite_world.sign_in(account), legal_name="Cơ khí Đại")

    other_person = sqlite_world.sign_in(sqlite_world.make_account()).get("/SIE27/exhibitor/apply").text
    other_fair = sqlite_world.sign_in(account).get("/VIF27/exhibitor/apply").text

    assert ["Cơ khí Đại" in page for page in (other_person, other_fair)] == [False, False]


def test_a_second_window_does_not_overwrite_silently(world):
    world.make_fair()
    account = world.make_account()
    one, other = world.sign_in(account), world.sign_in(account)
    keep(one, legal_name="Alpha")

    refused = keep(other, legal_name="Beta")
    page = first(other, draft_version="0", legal_name="Beta")

    assert refused.status_code == 409
    assert refused.json["code"] == "draft_changed"
    assert page.status_code == 409
    assert "Another window has saved" in page.text
    assert 'value="Beta"' in page.text
    assert db.session.scalar(sa.select(ApplicationDraft)).values["enterprise"]["legal_name"] == ["Alpha"]


def test_whoever_read_the_warning_may_overwrite(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    keep(client, legal_name="Alpha")
    first(client, draft_version="0", legal_name="Beta")

    answer = first(client, draft_version="1", legal_name="Beta")

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(ApplicationDraft)).values["enterprise"]["legal_name"] == ["Beta"]


def test_of_windows_that_save_at_once_one_wins(world):
    fair_id, account_id = world.make_fair().id, world.make_account().id
    owner = Owner(fair_id=fair_id, account_id=account_id)

    def save(number):
        return drafts.save(owner, "enterprise", {"legal_name": [str(number)]}, version=0, now=world.now).version

    assert sorted(map(str, at_once(world, 3, save))) == ["1", "draft_changed", "draft_changed"]


def test_saving_works_without_script_and_leads_back_to_the_same_step(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())

    answer = client.post("/SIE27/exhibitor/apply", data={"legal_name": "Đại", "do": "save", "draft_version": "0"})

    assert (answer.status_code, answer.location) == (303, "/SIE27/exhibitor/apply")
    page = client.get("/SIE27/exhibitor/apply").text
    assert 'value="Đại"' in page
    assert "Sign in on any device to go on." in page


def test_rows_are_added_and_taken_away_without_script(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    rows = {"machines-0-kind": "Máy tiện", "machines-1-kind": "Máy phay", "machines-2-kind": "Máy mài"}

    added = client.post("/SIE27/exhibitor/apply", data={**rows, "do": "add:machines", "draft_version": "0"}).text
    taken = client.post("/SIE27/exhibitor/apply", data={**rows, "do": "remove:machines-1", "draft_version": "1"}).text

    assert 'name="machines-3-kind"' in added
    assert "Máy phay" not in taken
    assert 'name="machines-1-kind" required type="text" value="Máy mài"' in taken
    page = client.get("/SIE27/exhibitor/apply").text
    assert ["Máy tiện" in page, "Máy phay" in page, "Máy mài" in page] == [True, False, True]


def test_a_file_that_was_chosen_once_need_not_be_chosen_again(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())

    refused = first(client, tax_code="1", logo=(io.BytesIO(picture()), "logo.png"))
    assert "logo.png is kept" in refused.text
    apply(client)

    application = db.session.scalar(sa.select(Application))
    assert application.enterprise.logo.content_type == "image/png"


def test_a_logo_with_a_program_in_it_is_refused_beside_its_field(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    answer = first(client, logo=(io.BytesIO(svg), "logo.png"))

    assert answer.status_code in (415, 422)
    assert 'id="logo-error"' in answer.text


def test_nobody_takes_the_file_of_another(sqlite_world):
    fair = sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    first(client, logo=(io.BytesIO(picture()), "logo.png"))
    foreign = db.session.scalar(sa.select(ApplicationDraft)).values["enterprise"]["logo_kept"][0]
    thief = sqlite_world.sign_in(sqlite_world.make_account())

    apply(thief, tax_code="0100112437", legal_name="Sao Mai", logo_kept=foreign)

    sent = db.session.scalar(sa.select(Application).where(Application.fair_id == fair.id))
    assert sent.enterprise.logo is None
    assert sent.submissions[0].values["logo"] == ""


def test_changes_of_a_sent_application_are_kept_too_and_can_be_thrown_away(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    first(client, where=OLD, main_products_vi="Bánh răng")

    overview = client.get("/SIE27/exhibitor/").text
    edited = client.get("/SIE27/exhibitor/application/edit").text
    shown = client.get("/SIE27/exhibitor/application").text
    client.post("/SIE27/exhibitor/application/edit/discard", data={"draft_version": "1"})

    assert "not sent it again" in overview
    assert ["Bánh răng" in edited, "Bánh răng" in shown] == [True, False]
    assert "Bánh răng" not in client.get("/SIE27/exhibitor/application/edit").text


def test_a_draft_with_too_much_in_it_keeps_what_fits(sqlite_world):
    sqlite_world.make_fair()

    answer = keep(sqlite_world.sign_in(sqlite_world.make_account()), legal_name="x" * 20_000, stranger="y")

    values = db.session.scalar(sa.select(ApplicationDraft)).values["enterprise"]
    assert answer.status_code == 200
    assert (len(values["legal_name"][0]), "stranger" in values) == (5000, False)


def test_a_step_that_does_not_exist_is_no_draft(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())

    assert client.post(DRAFT, data={"step": "third"}, headers=JSON).status_code == 400


def test_consents_are_never_ticked_beforehand_not_even_from_a_draft(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    first(client)
    second(client, news="y", directory="y", fascia_name="")

    page = client.get("/SIE27/exhibitor/apply/participation").text

    assert 'type="checkbox"' in page
    assert "checked" not in page
    assert ENTERPRISE["legal_name"] not in page


def test_the_account_says_what_was_begun_and_not_sent(sqlite_world):
    sqlite_world.make_fair()
    account = sqlite_world.make_account()
    client = sqlite_world.sign_in(account)
    keep(client, legal_name="Cơ khí Đại")

    begun = client.get("/account/").text
    client.post("/SIE27/exhibitor/apply/discard", data={"draft_version": "1"})

    assert ["You have begun an application" in text for text in (begun, client.get("/account/").text)] == [True, False]


def test_a_mistake_in_a_row_is_told_above_the_form_with_its_row(sqlite_world):
    sqlite_world.make_fair()

    page = first(sqlite_world.sign_in(sqlite_world.make_account()), **{"machines-0-maker": "Mazak"}).text

    assert '<a href="#machines-0-kind">Machines 1, Machine</a>: Please fill this in.' in page
