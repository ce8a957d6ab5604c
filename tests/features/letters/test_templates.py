"""The organizer's own words of mails: a whitelist of names, a preview, and the way back."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.mail import service
from fairapp.mail.models import Mail, MailTemplate
from fairapp.web import letters

TEMPLATES = "/SIE27/organizer/mails/templates/"
ALLOCATED = f"{TEMPLATES}product/booth_allocated"
WORDS = {
    "subject_vi": "Gian {booth}",
    "body_vi": "Kính gửi {name},\n\n{enterprise} có gian {booth}: {link}\n\nBan tổ chức {fair}",
    "act": "save",
}


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def tell_of_booth(world, fair, language):
    with transaction() as session:
        mail = service.queue(
            session,
            "booth_allocated",
            to="long@enterprise.example",
            language=language,
            context={
                "name": "Long {enterprise}",
                "enterprise": "Nhựa Tân Tiến",
                "booth": "A101",
                "hall": "A",
                "fair_name": {"vi": "Hội chợ SIE27", "en": "Fair SIE27"},
                "fair_code": "SIE27",
            },
            now=world.now,
            fair_id=fair.id,
        )
        number = mail.id
    world.run_jobs()
    db.session.rollback()
    return db.session.get(Mail, number)


def test_a_mail_says_what_the_organizer_wrote_in_the_languages_in_which_it_wrote(world, fair, organizer):
    before = tell_of_booth(world, fair, "vi")

    assert organizer.post(ALLOCATED, data=WORDS).status_code == 303

    own, product = tell_of_booth(world, fair, "vi"), tell_of_booth(world, fair, "en")
    assert own.subject == "Gian A101"
    assert own.body == (
        "Kính gửi Long {enterprise},\n\nNhựa Tân Tiến có gian A101: http://fair.example/SIE27/exhibitor/booth/\n\n"
        "Ban tổ chức Hội chợ SIE27\n"
    )
    assert '<html lang="vi"' in own.html
    assert product.subject == "SIE27: your booth is A101"
    assert before.subject != own.subject


def test_the_words_of_one_fair_are_not_those_of_another(world, fair, organizer):
    organizer.post(ALLOCATED, data=WORDS)

    assert tell_of_booth(world, world.make_fair("VIF27"), "vi").subject != "Gian A101"


def test_a_name_that_the_mail_does_not_know_is_refused_at_its_place(organizer):
    answer = organizer.post(
        ALLOCATED, data={**WORDS, "body_vi": "Kính gửi {name},\n {token} {{ config }}", "subject_en": "Only a subject"}
    )

    assert answer.status_code == 422
    assert "Line 2, letter 2: {token} is no placeholder of this mail." in answer.text
    assert "A language needs both" in answer.text
    assert "Only a subject" in answer.text
    assert db.session.scalar(sa.select(MailTemplate)) is None


def test_the_words_are_never_run_as_a_template(world, fair, organizer):
    organizer.post(ALLOCATED, data={**WORDS, "body_vi": "{{name}} {{{{ 7*7 }}}} {{% if %}}"})

    assert tell_of_booth(world, fair, "vi").body == "{name} {{ 7*7 }} {% if %}\n"


def test_the_product_s_words_stand_in_the_form_and_come_back(world, fair, organizer):
    page = organizer.get(ALLOCATED).text
    assert "{fair_code}: your booth is {booth}" in page
    organizer.post(ALLOCATED, data=WORDS)
    assert "Your words" in organizer.get(TEMPLATES).text

    answer = organizer.post(f"{ALLOCATED}/reset", follow_redirects=True)

    assert "data-undo" in answer.text
    assert tell_of_booth(world, fair, "vi").subject != "Gian A101"
    organizer.post(ALLOCATED, data=WORDS)
    assert tell_of_booth(world, fair, "vi").subject == "Gian A101"


def test_a_preview_reads_as_a_real_exhibitor_would_read_it_and_keeps_nothing(world, fair, organizer):
    hall = world.make_hall(fair)
    exhibitor = world.make_exhibitor(fair, world.make_enterprise(legal_name="Công ty Sao Mai"))
    world.make_booth(hall, "A105")
    data = {**WORDS, "subject_en": "Booth", "body_en": "Dear {name} of {enterprise}", "exhibitor": exhibitor.public_id}

    page = organizer.post(ALLOCATED, data={**data, "act": "preview"}).text

    assert "Dear Bùi Quốc Long of Công ty Sao Mai" in page
    assert "Kính gửi Bùi Quốc Long" in page
    assert db.session.scalar(sa.select(MailTemplate)) is None


def test_a_test_mail_goes_to_the_organizer_alone(world, fair):
    account = world.make_member(fair, Role.ORGANIZER)
    world.make_exhibitor(fair)

    world.sign_in(account).post(ALLOCATED, data={**WORDS, "act": "test"})
    world.run_jobs()

    (mail,) = db.session.scalars(sa.select(Mail))
    assert (mail.to, mail.state) == (account.email, "kept")
    assert mail.subject.startswith("[SIE27] Gian")
    assert db.session.scalar(sa.select(MailTemplate)) is None


def test_a_template_for_mails_by_hand_is_kept_changed_and_removed(fair, organizer):
    data = {"name": "Gates", "subject_en": "Gates", "body_en": "Dear {name}", "act": "save"}
    organizer.post(f"{TEMPLATES}new", data=data)
    template = db.session.scalar(sa.select(MailTemplate))
    url = f"{TEMPLATES}{template.public_id}/"

    again = organizer.post(f"{TEMPLATES}new", data=data)
    assert again.status_code == 409
    assert 'id="name-error"' in again.text
    organizer.post(url, data={**data, "body_en": "Hello {name}"})
    db.session.rollback()
    assert template.body == {"en": "Hello {name}"}
    assert organizer.post(f"{url}remove").status_code == 303
    assert organizer.get(url).status_code == 404


def test_a_template_needs_a_text_and_a_name(organizer):
    answer = organizer.post(f"{TEMPLATES}new", data={"act": "save"})

    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert 'id="body_vi-error"' in answer.text


def test_there_is_no_mail_of_an_unknown_kind(organizer):
    assert organizer.get(f"{TEMPLATES}product/nothing").status_code == 404
    assert organizer.post(f"{TEMPLATES}product/letter", data=WORDS).status_code == 404


def test_every_mail_of_the_product_says_which_names_it_knows(world, organizer):
    with world.app.test_request_context():
        for kind in letters.kinds():
            known = letters.placeholders_of(kind)
            assert "token" not in known
            for language in ("vi", "en", "ja", "ko"):
                words = letters.product_words(kind, language)
                if words is not None:
                    found = {
                        name for text in (words.subject, words.body) for name in letters.placeholders.names_in(text)
                    }
                    assert found <= set(known), kind
    for kind in ("task_reminder", "task_returned", "member_invited", "buyer_invited"):
        assert organizer.get(f"{TEMPLATES}product/{kind}").status_code == 200


def test_lists_days_and_roles_are_written_in_the_readers_language(world):
    with world.app.test_request_context(headers={"Cookie": "language=en"}):
        values = letters.values_of(
            {
                "tasks": [{"title": {"en": "Power plan"}, "deadline": "2027-03-03", "late": True}],
                "amount": 32_400_000,
                "role": "gate",
                "due_on": "2027-03-17",
                "fair_name": {"en": "Fair"},
            },
            body="See https://fair.example/a and https://fair.example/b",
            language="en",
        )

    assert values["tasks"] == "- Power plan · Mar 3, 2027"
    assert values["amount"] == "32,400,000\N{NO-BREAK SPACE}₫"
    assert (values["role"], values["due_on"], values["fair"]) == ("Gate", "Mar 17, 2027", "Fair")
    assert (values["link"], values["link_b"]) == ("https://fair.example/a", "https://fair.example/b")
