"""The demo fair has co-organizers with something to decide."""

import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application, Remark, RemarkKind
from fairapp.database import db
from fairapp.demo.service import co_organizers
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer


def test_bodies_send_the_enterprises_of_their_provinces_and_have_people(world):
    fair = world.make_fair()
    member = world.make_member(fair, Role.CO_ORGANIZER)
    exhibitor = world.make_exhibitor(fair, world.make_enterprise(province="24"))
    waiting = [world.make_application(fair, world.make_enterprise(province="01")) for _ in range(4)]
    draft = world.make_application(fair, world.make_enterprise(province="24"), status=ApplicationStatus.DRAFT)

    co_organizers.furnish(fair.id, now=world.now)

    bodies = {body.code: body for body in db.session.scalars(sa.select(CoOrganizer))}
    assert bodies["SCT-BN"].quota == 4
    assert db.session.get(Exhibitor, exhibitor.id).co_organizer_id == bodies["SCT-BN"].id
    assert db.session.get(Application, waiting[0].id).co_organizer_id == bodies["HIEPHOI-HN"].id
    assert db.session.get(Application, draft.id).co_organizer_id is None
    assert (
        db.session.scalar(sa.select(Membership.co_organizer_id).where(Membership.account_id == member.id))
        == bodies["SCT-BN"].id
    )
    kinds = set(db.session.scalars(sa.select(Remark.kind)))
    assert kinds == set(RemarkKind)
