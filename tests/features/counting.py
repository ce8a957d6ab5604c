"""How many queries a page costs."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from fairapp.database import db
from tests.features.world import World


@contextmanager
def count_queries(world: World) -> Iterator[list[str]]:
    """Collect the SELECT statements that run inside."""
    with world.app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(*args: object) -> None:
        if str(args[2]).startswith("SELECT"):
            statements.append(str(args[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
