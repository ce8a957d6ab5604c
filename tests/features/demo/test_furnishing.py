"""The demo fair is furnished on both databases, and every mail of it can be written."""

import sqlalchemy as sa

from fairapp.database import db
from fairapp.demo.service.everything import furnish
from fairapp.imports import demo, service
from fairapp.jobs.models import Job, JobState
from tests.features.world import ACTOR


def test_the_demo_is_furnished_and_no_job_of_it_fails(world):
    seed = demo.build(1)
    service.import_fair(seed, dry_run=False, hash_password=lambda text: text, actor=ACTOR, now=world.now)
    fair_id = db.session.scalar(sa.text("SELECT id FROM fair WHERE code = 'SIE27'"))

    furnish(fair_id, now=world.now)
    world.run_jobs()

    assert db.session.scalars(sa.select(Job.error).where(Job.state != JobState.DONE)).all() == []
