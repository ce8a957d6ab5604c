"""One valid badge per person, from the issue to the reprint."""

import io

import pypdfium2
import pytest
import sqlalchemy as sa

from fairapp import qr
from fairapp.accounts import service as accounts
from fairapp.accounts.policy import Role
from fairapp.audit.models import AuditEntry
from fairapp.badges import credentials, queries, service
from fairapp.badges.categories import CATEGORIES
from fairapp.badges.models import Badge, BadgeKey
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.jobs.models import Job
from fairapp.visitors import service as visitors
from tests.features.threads import at_once
from tests.features.world import ACTOR


def valid_badges():
    return db.session.scalars(sa.select(Badge).where(Badge.revoked_at.is_(None)).order_by(Badge.id)).all()


def test_issuing_again_returns_the_same_badge(world):
    visitor = world.make_visitor(world.make_fair())

    assert world.make_badge(visitor).serial == world.make_badge(visitor).serial
    assert len(valid_badges()) == 1


def test_of_many_who_issue_the_first_badge_at_once_all_get_the_same(world):
    fair = world.make_fair()
    fair_id, visitor_id = fair.id, world.make_visitor(fair).id

    serials = at_once(
        world, 8, lambda _: service.issue_for_visitor(fair_id, visitor_id, actor=ACTOR, now=world.now).serial
    )

    assert serials == [badge.serial for badge in valid_badges()] * 8
    assert db.session.scalars(sa.select(BadgeKey.number)).all() == [1]


def test_of_many_first_badges_issued_at_once_every_holder_gets_one(world):
    fair = world.make_fair()
    fair_id, ids = fair.id, [world.make_visitor(fair).id for _ in range(8)]

    serials = at_once(
        world,
        8,
        lambda number: service.issue_for_visitor(fair_id, ids[number], actor=ACTOR, now=world.now).serial,
    )

    assert sorted(serials) == sorted(badge.serial for badge in valid_badges())
    assert db.session.scalars(sa.select(BadgeKey.number)).all() == [1]


def test_two_who_issue_what_is_missing_at_once_issue_everything_once(world):
    fair = world.make_fair()
    for _ in range(6):
        world.make_visitor(fair)
    fair_id = fair.id

    counts = at_once(world, 3, lambda _: service.issue_missing(fair_id, actor=ACTOR, now=world.now))

    assert sum(counts) == len(valid_badges()) == 6


def test_everybody_who_takes_part_gets_a_badge_of_the_right_category(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    world.make_staff(exhibitor)
    world.make_buyer(fair)
    world.make_visitor(fair)
    world.make_visitor(fair, category="press")
    for role in Role:
        world.make_member(fair, role, exhibitor.enterprise if "exhibitor" in role else None)
    world.make_member(world.make_fair("VIF27"), Role.GATE)

    assert queries.holders_without_badge(fair.id) == 7
    assert service.issue_missing(fair.id, actor=ACTOR, now=world.now) == 7
    assert queries.holders_without_badge(fair.id) == 0
    assert queries.count_by_category(fair.id) == {
        "buyer": 1,
        "exhibitor": 1,
        "organizer": 3,
        "press": 1,
        "visitor": 1,
    }


def test_more_badges_than_one_transaction_holds_are_all_issued(sqlite_world, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 2)
    fair = sqlite_world.make_fair()
    for _ in range(5):
        sqlite_world.make_visitor(fair)

    assert service.issue_missing(fair.id, actor=ACTOR, now=sqlite_world.now) == 5
    service.mark_printed([badge.id for badge in valid_badges()], now=sqlite_world.now)

    assert [badge.printed_at for badge in valid_badges()] == [sqlite_world.now] * 5


def test_somebody_with_two_roles_wears_one_badge_in_each_fair(world):
    fair, other = world.make_fair(), world.make_fair("VIF27")
    account = world.make_member(fair, Role.ORGANIZER)
    for place, role in ((fair, Role.GATE), (other, Role.GATE)):
        accounts.add_member(
            place.id, fair_code=place.code, fair_name=place.name, email=account.email, full_name="", role=role,
            language="en", actor=ACTOR, now=world.now,
        )  # fmt: skip

    assert service.issue_missing(fair.id, actor=ACTOR, now=world.now) == 1
    assert service.issue_missing(other.id, actor=ACTOR, now=world.now) == 1
    assert [(badge.fair_id, badge.full_name) for badge in valid_badges()] == [
        (fair.id, account.full_name),
        (other.id, account.full_name),
    ]


def test_the_badge_ends_with_the_last_role(world):
    fair = world.make_fair()
    world.make_member(fair, Role.ORGANIZER)
    helper = world.make_member(fair, Role.GATE)
    accounts.add_member(
        fair.id, fair_code=fair.code, fair_name=fair.name, email=helper.email, full_name="", role=Role.CO_ORGANIZER,
        language="en", actor=ACTOR, now=world.now,
    )  # fmt: skip
    badge = service.issue_for_account(fair.id, helper.id, actor=ACTOR, now=world.now)
    serial, roles = badge.serial, [member.public_id for member in helper.memberships]

    accounts.remove_member(fair.id, roles[0], actor=ACTOR, now=world.now)
    world.run_jobs()
    with_a_role_left = queries.find_by_serial(fair.id, serial).revoked_at
    accounts.remove_member(fair.id, roles[1], actor=ACTOR, now=world.now)
    world.run_jobs()

    assert with_a_role_left is None
    assert queries.find_by_serial(fair.id, serial).revoked_reason == "role_ended"


@pytest.mark.parametrize("role", [Role.BUYER, Role.EXHIBITOR_CONTACT, None])
def test_who_does_not_work_for_the_fair_gets_no_organizers_badge(world, role):
    fair = world.make_fair()
    account = world.make_member(fair, role, world.make_enterprise()) if role else world.make_account()

    with pytest.raises(NotFound):
        service.issue_for_account(fair.id, account.id, actor=ACTOR, now=world.now)


def test_nobody_gets_the_badge_of_another_fair(world):
    fair, other = world.make_fair(), world.make_fair("VIF27")
    visitor = world.make_visitor(other)
    staff = world.make_staff(world.make_exhibitor(other))

    with pytest.raises(NotFound):
        service.issue_for_visitor(fair.id, visitor.id, actor=ACTOR, now=world.now)
    with pytest.raises(NotFound):
        service.issue_for_staff(fair.id, staff.id, actor=ACTOR, now=world.now)


def test_a_reprint_revokes_the_old_badge_and_names_the_new_one(world):
    fair = world.make_fair()
    old = world.make_badge(world.make_visitor(fair))
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post(f"/SIE27/organizer/badges/{old.public_id}/reprint", follow_redirects=True)

    [new] = valid_badges()
    db.session.refresh(old)
    assert answer.status_code == 200
    assert f"The new badge is {new.serial}. The old one is revoked." in answer.text
    assert (old.revoked_reason, old.replaced_by.serial, new.visitor_id) == ("reprint", new.serial, old.visitor_id)
    assert set(db.session.scalars(sa.select(AuditEntry.action))) >= {"badge.issue", "badge.reprint"}


def test_of_two_reprints_at_once_one_succeeds(world):
    badge = world.make_badge(world.make_visitor(world.make_fair()))
    fair_id, public_id = badge.fair_id, badge.public_id

    def reprint(_):
        service.reprint(fair_id, public_id, actor=ACTOR, now=world.now)
        return "reprinted"

    assert sorted(at_once(world, 4, reprint)) == ["badge_revoked", "badge_revoked", "badge_revoked", "reprinted"]
    assert len(valid_badges()) == 1


def test_a_revoked_badge_cannot_be_revoked_or_reprinted(world):
    fair = world.make_fair()
    badge = world.make_badge(world.make_visitor(fair))
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    path = f"/SIE27/organizer/badges/{badge.public_id}"

    answers = [organizer.post(f"{path}/{act}").status_code for act in ("revoke", "revoke", "reprint")]

    assert answers == [303, 409, 409]
    assert valid_badges() == []


def test_a_withdrawn_registration_loses_its_badge_and_gets_no_other(world):
    fair = world.make_fair()
    visitor = world.make_visitor(fair)
    badge = world.make_badge(visitor)

    visitors.withdraw(fair.id, visitor.token, actor=ACTOR, now=world.now)
    world.run_jobs()

    db.session.refresh(badge)
    assert badge.revoked_reason == "withdrawn"
    assert service.issue_missing(fair.id, actor=ACTOR, now=world.now) == 0
    assert world.visitor().get(f"/SIE27/register/v/{visitor.token}/badge.pdf").status_code == 410
    assert valid_badges() == []


def test_the_print_of_all_badges_is_a_job_with_progress_and_a_file(world):
    fair = world.make_fair()
    for _ in range(3):
        world.make_visitor(fair)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    ordered = organizer.post("/SIE27/organizer/badges/print")
    world.run_jobs()

    job = db.session.scalar(sa.select(Job).where(Job.name == service.PRINT))
    page = organizer.get(ordered.location).text
    file = organizer.get(f"/SIE27/organizer/jobs/{job.public_id}/file")
    with pypdfium2.PdfDocument(file.data) as pdf:
        pages = len(pdf)
    assert (job.state.value, job.steps_done, job.steps, job.outcome) == ("done", 4, 4, {"badges": 4})
    assert "SIE27-badges.pdf" in page or "/file" in page
    assert pages == 4  # three visitors and the organizer
    assert {badge.printed_at for badge in valid_badges()} == {world.now}


def test_one_category_alone_can_be_printed(world):
    fair = world.make_fair()
    world.make_visitor(fair)
    world.make_visitor(fair, category="press")
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    organizer.post("/SIE27/organizer/badges/print", data={"category": "press"})
    world.run_jobs()

    assert db.session.scalar(sa.select(Job.outcome).where(Job.name == service.PRINT)) == {"badges": 1}
    assert [badge.category for badge in valid_badges() if badge.printed_at] == ["press"]


def test_the_command_prints_all_badges_into_a_file(world, tmp_path):
    fair = world.make_fair()
    world.make_visitor(fair)
    world.make_staff(world.make_exhibitor(fair))
    target = tmp_path / "badges.pdf"

    said = world.app.test_cli_runner().invoke(args=["badges", "print", "--fair", "SIE27", "--output", str(target)])

    with pypdfium2.PdfDocument(io.BytesIO(target.read_bytes())) as pdf:
        assert len(pdf) == 2
    assert said.exit_code == 0
    assert said.output.startswith("2 badges issued, 2 badges in ")


def test_the_command_says_that_there_is_no_such_fair(world, tmp_path):
    said = world.app.test_cli_runner().invoke(
        args=["badges", "print", "--fair", "NONE", "--output", str(tmp_path / "badges.pdf")]
    )

    assert (said.exit_code, said.output) == (1, "Error: there is no fair NONE\n")


def test_a_new_key_signs_new_badges_and_old_ones_stay_readable(world):
    fair = world.make_fair()
    old = world.make_badge(world.make_visitor(fair))

    said = world.app.test_cli_runner().invoke(args=["badges", "rotate-key", "--fair", "SIE27"])
    new = world.make_badge(world.make_visitor(fair))

    keys = queries.public_keys(fair.id)
    read = [credentials.read(badge.credential, fair_number=fair.id, public_keys=keys) for badge in (old, new)]
    assert said.output == "key 2 signs the badges of SIE27 from now on\n"
    assert [(claims.serial, claims.key_number) for claims in read] == [(old.serial, 1), (new.serial, 2)]
    assert "badge.rotate_key" in db.session.scalars(sa.select(AuditEntry.action)).all()


def test_of_keys_changed_at_once_one_is_left_in_use(world):
    fair_id = world.make_badge(world.make_visitor(world.make_fair())).fair_id

    numbers = at_once(world, 3, lambda _: service.rotate_key(fair_id, actor=ACTOR, now=world.now).number)

    in_use = db.session.scalars(sa.select(BadgeKey.number).where(BadgeKey.retired_at.is_(None))).all()
    assert sorted(numbers) == [2, 3, 4]
    assert in_use == [4]


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_code_of_every_credential_stays_within_version_5(category):
    serial = credentials.new_serial(category, b"\xff" * 5)
    claims = credentials.Claims(
        fair_number=2**32 - 1, key_number=2**16 - 1, serial=serial, category=category, days=2**16 - 1
    )

    assert len(qr.matrix(credentials.sign(claims, bytes(32)))) <= 17 + 4 * 5


def test_the_exhibitor_downloads_the_badges_of_its_own_staff_only(world):
    fair = world.make_fair()
    exhibitor, rival = world.make_exhibitor(fair), world.make_exhibitor(fair)
    own, others = world.make_staff(exhibitor), world.make_staff(rival)
    contact = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    answers = [contact.get(f"/SIE27/exhibitor/staff/{staff.public_id}/badge.pdf") for staff in (own, others)]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert answers[0].data.startswith(b"%PDF-")
    assert [badge.staff_id for badge in valid_badges()] == [own.id]
