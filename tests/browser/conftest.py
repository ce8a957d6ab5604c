"""Chromium and two running services for each worker; people and a fair of its own for each journey."""

import os
import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser import servers
from tests.browser.people import People
from tests.browser.scene import Scene
from tests.browser.servers import Service

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=60_000)  # ms; a slow machine is no failure


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def camera(playwright: Playwright, tmp_path: pathlib.Path) -> Iterator[tuple[Browser, pathlib.Path]]:
    """A Chromium whose camera shows a film, and where the film must be before the camera starts."""
    film = tmp_path / "camera.mjpeg"
    flags = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
    yield browser, film
    browser.close()


@pytest.fixture(scope="session")
def demo_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on SQLite with the demo fair and its own job thread."""
    folder = tmp_path_factory.mktemp("service-sqlite")
    with servers.serve("sqlite", folder, f"sqlite:///{folder / 'fair.db'}", demo=True) as service:
        yield service


@pytest.fixture(scope="session")
def scaled_service(postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on PostgreSQL and Redis: two web processes and a worker."""
    folder = tmp_path_factory.mktemp("service-postgresql")
    with (
        servers.own_database(postgres_url, f"browser-{os.getpid()}") as database,
        servers.serve("postgresql", folder, database, redis=f"{redis_url}?db=5") as service,
    ):
        yield service


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    """Both services, one after the other: the same journeys must pass, and neither may log an error."""
    service = request.getfixturevalue("demo_service" if request.param == "sqlite" else "scaled_service")
    start = service.size_of_log()
    with service.app.app_context():
        yield service
    assert service.errors_since(start) == []


@pytest.fixture
def people(browser: Browser, service: Service) -> Iterator[People]:
    """Somebody's browser, as many as a journey needs; none of their pages may complain."""
    people = People(browser, service)
    yield people
    people.leave()
    assert people.complaints.found == []


@pytest.fixture
def scene(service: Service) -> Scene:
    """An empty fair that no other journey knows."""
    return Scene(service)
