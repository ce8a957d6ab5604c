"""A small fair for feature tests."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.features.world import World


@pytest.fixture
def world(app: Flask) -> World:
    """An empty world on both databases; ``world.make_fair()`` and so on fill it."""
    return World(app)


@pytest.fixture
def sqlite_world(sqlite_app: Flask) -> World:
    return World(sqlite_app)


@pytest.fixture
def client(world: World) -> FlaskClient:
    """Somebody who is not signed in."""
    return world.visitor()
