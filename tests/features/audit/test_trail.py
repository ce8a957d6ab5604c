"""The audit trail tells who did what, and only of its own fair."""

import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.audit.models import AuditEntry
from fairapp.booths import service as booths
from fairapp.database import db
from tests.features.world import ACTOR


def test_the_trail_says_who_did_what_in_words(sqlite_world):
    fair = sqlite_world.make_fair()
    sqlite_world.make_booth(sqlite_world.make_hall(fair))
    account = sqlite_world.make_member(fair, Role.ORGANIZER)
    organizer = sqlite_world.sign_in(account)

    organizer.post("/SIE27/organizer/booths/A101/block", data={"blocked": "1"})

    row = organizer.get("/SIE27/organizer/audit/").text.partition("<tbody>")[2]
    assert account.full_name in row
    assert "blocked the booth" in row
    assert "A101" in row


def test_the_trail_of_another_fair_is_not_shown(sqlite_world):
    fair, other = sqlite_world.make_fair(), sqlite_world.make_fair("SIE28")
    sqlite_world.make_booth(sqlite_world.make_hall(other), "Z900")
    booths.set_blocked(other.id, "Z900", blocked=True, actor=ACTOR, now=sqlite_world.now)
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    assert "Z900" not in organizer.get("/SIE27/organizer/audit/").text


def test_an_entry_is_found_by_actor_action_and_thing(world):
    fair = world.make_fair()
    world.make_booth(world.make_hall(fair), "A101")
    booths.set_blocked(fair.id, "A101", blocked=True, actor=ACTOR, now=world.now)

    assert db.session.scalar(sa.select(AuditEntry.search_text)) == " test booth block a101"
