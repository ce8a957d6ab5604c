"""Rivals: several threads that do something at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from fairapp.database import db
from fairapp.errors import FairError
from tests.features.world import World


def at_once(world: World, count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run ``act(number)`` in that many threads at once; return what they returned, or the codes of refusals."""
    outcomes, barrier = [], threading.Barrier(count)

    def run(number: int) -> None:
        with world.app.app_context():
            barrier.wait()
            try:
                outcomes.append(act(number))
            except FairError as error:
                outcomes.append(error.code)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # what the test reads next is what the rivals left
    return outcomes
