"""One text to many: whom, how it reads, once to each, and what came of it."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.jobs.models import Job
from fairapp.mail.models import BulkMail, Mail, MailState
from tests.features.counting import count_queries

BULK = "/SIE27/organizer/mails/bulk/"
WORDS = {
    "subject_vi": "{fair_code}: gian {booth}",
    "body_vi": "Kính gửi {name} ({enterprise})",
    "subject_en": "{fair_code}: booth {booth}",
    "body_en": "Dear {name} of {enterprise}: {link}",
}


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def make_exhibitors(world, fair, count):
    """Make many exhibitors at once; every third reads Korean."""
    first = db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor))
    with transaction() as session:
        enterprises = [
            Enterprise(legal_name=f"Enterprise {number}", tax_code=f"K{number}", country="KR")
            for number in range(first, first + count)
        ]
        session.add_all(enterprises)
        session.flush()
        exhibitors = [
            Exhibitor(
                fair_id=fair.id,
                enterprise_id=one.id,
                contact_name=f"Contact {number}",
                contact_email=f"c{number}@enterprise.example",
                language="vi" if number % 3 else "ko",
                accepted_at=world.now - timedelta(30),
            )
            for number, one in enumerate(enterprises, start=first)
        ]
        session.add_all(exhibitors)
        session.flush()
        return [one.public_id for one in exhibitors]


def mails():
    db.session.rollback()
    return db.session.scalars(sa.select(Mail).order_by(Mail.id)).all()


def once_of(page):
    return re.search(r'name="once" value="([^"]+)"', page).group(1)


def test_two_hundred_recipients_get_one_mail_each_in_their_language(world, fair, organizer):
    keys = make_exhibitors(world, fair, 200)
    once = once_of(organizer.get(f"{BULK}new").text)

    answer = organizer.post(f"{BULK}new", data={**WORDS, "keep": keys, "once": once, "act": "send"})
    world.run_jobs()

    assert answer.status_code == 303
    sent = mails()
    assert len(sent) == len({mail.to for mail in sent}) == 200
    assert {mail.state for mail in sent} == {MailState.KEPT}
    by_address = {mail.to: mail for mail in sent}
    assert by_address["c1@enterprise.example"].body == "Kính gửi Contact 1 (Enterprise 1)\n"
    korean = by_address["c0@enterprise.example"]
    assert (korean.language, korean.subject) == ("en", "SIE27: booth no booth yet"), "the nearest language there is"
    assert "http://fair.example/SIE27/exhibitor/" in korean.body
    assert all(mail.enterprise_id for mail in sent)
    page = organizer.get(answer.location).text
    assert "Contact 1" in page
    assert "Kept here" in page


def test_a_bulk_mail_that_is_sent_twice_or_whose_job_runs_twice_goes_once(world, fair, organizer):
    keys = make_exhibitors(world, fair, 3)
    data = {**WORDS, "keep": keys, "once": once_of(organizer.get(f"{BULK}new").text), "act": "send"}
    first, second = organizer.post(f"{BULK}new", data=data), organizer.post(f"{BULK}new", data=data)
    world.run_jobs()
    job = db.session.scalar(sa.select(Job).where(Job.name == "letters.send"))
    with transaction() as session:
        session.add(Job(name=job.name, payload=job.payload, fair_id=fair.id, run_at=world.now, created_at=world.now))

    world.run_jobs()

    assert first.location == second.location
    assert len(mails()) == 3
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BulkMail)) == 1


def test_who_is_not_ticked_gets_nothing_and_strangers_cannot_be_ticked(world, fair, organizer):
    keys = make_exhibitors(world, fair, 3)
    stranger = world.make_exhibitor(world.make_fair("VIF27"))

    organizer.post(f"{BULK}new", data={**WORDS, "keep": [keys[1], stranger.public_id], "act": "send"})
    world.run_jobs()

    assert [mail.to for mail in mails()] == ["c1@enterprise.example"]


def test_a_preview_shows_each_language_with_a_real_name_and_sends_nothing(world, fair, organizer):
    keys = make_exhibitors(world, fair, 6)

    page = organizer.post(f"{BULK}new", data={**WORDS, "keep": keys, "act": "preview"}).text

    assert "Kính gửi Contact 1 (Enterprise 1)" in page
    assert "Dear Contact 0 of Enterprise 0" in page
    assert "Send to 6 recipients" in page
    assert mails() == []


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"keep": []}, 422, "Nobody is left to write to"),
        ({"body_vi": "{prize}"}, 422, "{prize} is no placeholder"),
        ({"body_vi": "", "subject_vi": "", "body_en": "", "subject_en": ""}, 422, "in one language at least"),
    ],
)
def test_half_a_bulk_mail_is_told_so_and_what_was_typed_stays(world, fair, organizer, values, status, said):
    keys = make_exhibitors(world, fair, 2)

    answer = organizer.post(f"{BULK}new", data={**WORDS, "keep": keys, "act": "send", **values})

    assert answer.status_code == status
    assert said in answer.text
    assert values.get("body_vi", WORDS["body_vi"]) in answer.text
    assert db.session.scalar(sa.select(BulkMail)) is None


def test_the_list_is_narrowed_by_what_is_late_unpaid_or_without_a_booth(world, fair, organizer):
    make_exhibitors(world, fair, 2)
    placed = world.make_exhibitor(fair, world.make_enterprise(legal_name="Placed"), contact_email="p@x.example")
    booth = world.make_booth(world.make_hall(fair))
    from fairapp.booths.models import Allocation

    with transaction() as session:
        session.add(Allocation(booth_id=booth.id, exhibitor_id=placed.id, allocated_at=world.now))
    world.make_task(fair, deadline=world.now.replace(year=2026, month=11, day=1))

    def shown(query):
        return len(re.findall('name="keep"', organizer.get(f"{BULK}new?{query}").text))

    assert (shown(""), shown("booth=has"), shown("booth=none"), shown("hall=A")) == (3, 1, 2, 1)
    assert (shown("late=any"), shown("unpaid=yes"), shown("language=ko"), shown("q=plac")) == (3, 0, 1, 1)


def test_applicants_are_written_to_as_well_as_exhibitors(world, fair, organizer):
    waiting = world.make_application(fair, contact_email="applicant@x.example")
    world.make_exhibitor(fair, contact_email="exhibitor@x.example")

    organizer.post(
        f"{BULK}new",
        data={**WORDS, "audience": "applications", "status": "applied", "keep": [waiting.public_id], "act": "send"},
    )
    world.run_jobs()

    assert [(mail.to, mail.enterprise_id) for mail in mails()] == [("applicant@x.example", waiting.enterprise_id)]
    page = organizer.get(f"{BULK}new?audience=applications&status=applied").text
    assert ("applicant@x.example" in page, "exhibitor@x.example" in page) == (True, False)


def test_who_withdrew_after_the_order_is_left_out(world, fair, organizer):
    exhibitor = world.make_exhibitor(fair)
    organizer.post(f"{BULK}new", data={**WORDS, "keep": [exhibitor.public_id], "act": "send"})
    with transaction() as session:
        session.merge(exhibitor).withdrawn_at = world.now

    world.run_jobs()

    assert mails() == []


def test_the_list_of_recipients_costs_the_same_for_few_or_many(world, fair, organizer):
    world.make_task(fair)
    costs = []
    for count in (20, 600):
        make_exhibitors(world, fair, count)
        with count_queries(world) as statements:
            assert organizer.get(f"{BULK}new").status_code == 200
        costs.append(len(statements))

    assert costs[0] == costs[1]


# The log


def test_an_exhibitor_s_log_shows_its_mails_with_a_text_to_copy_and_a_chat(world, fair, organizer):
    exhibitor = world.make_exhibitor(fair, contact_phone="+84912345678")
    other = world.make_exhibitor(fair)
    world.make_mail(fair, enterprise_id=exhibitor.enterprise_id, state=MailState.SENT)
    world.make_mail(fair, enterprise_id=other.enterprise_id)
    world.make_mail(world.make_fair("VIF27"), enterprise_id=exhibitor.enterprise_id)

    page = organizer.get(f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/mails").text

    assert len(re.findall("data-copy=", page)) == 1
    assert "https://zalo.me/84912345678" in page
    assert "S\n\nB" in page


def test_a_mail_goes_again_as_a_copy_and_a_failed_one_itself(world, fair, organizer):
    sent = world.make_mail(fair, state=MailState.SENT, source="bulk:1:1")
    failed = world.make_mail(fair, state=MailState.FAILED, error="no such box")
    waiting = world.make_mail(fair)

    for mail, status in ((sent, 303), (failed, 303), (waiting, 409)):
        assert organizer.post(f"/SIE27/organizer/mails/{mail.public_id}/again").status_code == status
    world.run_jobs()

    found = mails()
    assert len(found) == 4
    assert db.session.get(Mail, failed.id).state is MailState.KEPT
    assert (found[3].body, found[3].state, found[3].source) == ("B", MailState.KEPT, None)


def test_mails_are_sorted_filtered_by_kind_and_exported(world, fair, organizer):
    for name in ("b@x.example", "a@x.example"):
        with transaction() as session:
            session.add(Mail(fair_id=fair.id, kind="letter", to=name, subject="S", body="B", created_at=world.now))
    world.make_mail(fair)
    url = "/SIE27/organizer/mails/"

    page = organizer.get(f"{url}?kind=letter&sort=to").text

    assert page.index("a@x.example") < page.index("b@x.example")
    assert "a@b.example" not in page
    assert organizer.get(f"{url}mails.xlsx?kind=letter").content_type.endswith("spreadsheetml.sheet")
