"""The settings of an installation: read once from the environment, typed, and complete or refused."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


class SettingMissing(SystemExit):
    """A setting without which the service must not start, or one that cannot be understood."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"fairapp cannot start: {name} {why} (see docs/operations.md, Settings)")
        self.name = name


def environment() -> dict[str, str]:
    """Return the environment, completed by what ``./dev`` wrote into ``instance/env``; the environment wins."""
    file = ROOT / "instance" / "env"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {**dict(line.split("=", 1) for line in lines if "=" in line), **os.environ}


def from_environment(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return the settings; raise ``SettingMissing`` with the name of the first that is missing or wrong."""
    base_url = environ.get("BASE_URL", "http://127.0.0.1:8000")
    return {
        "SECRET_KEY": _required(environ, "SECRET_KEY"),
        "SECURITY_PASSWORD_SALT": _required(environ, "SECURITY_PASSWORD_SALT"),
        "SECURITY_TOTP_SECRETS": {"1": _required(environ, "SECRET_KEY")},
        "SQLALCHEMY_DATABASE_URI": _database(environ),
        "BASE_URL": base_url.rstrip("/"),
        "PRODUCTION": _switch(environ, "PRODUCTION", default=False),
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "TRUSTED_PROXIES": _number(environ, "TRUSTED_PROXIES", default=0),
        "REDIS_URL": environ.get("REDIS_URL", ""),
        "JOBS": _one_of(environ, "JOBS", ("embedded", "huey"), default=_usual_jobs(environ)),
        "FILES_URL": environ.get("FILES_URL", f"file://{ROOT / 'instance' / 'files'}"),
        "SMTP_URL": _smtp(environ),
        "MAIL_FROM": environ.get("MAIL_FROM", "fairapp <no-reply@localhost>"),
        "MAIL_FOLDER": environ.get("MAIL_FOLDER", str(ROOT / "instance" / "mail")),
        "LOG_LEVEL": _one_of(environ, "LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"),
    }


def _required(environ: Mapping[str, str], name: str) -> str:
    if not environ.get(name):
        raise SettingMissing(name, "is missing")
    return environ[name]


def _database(environ: Mapping[str, str]) -> str:
    url = _required(environ, "DATABASE_URL")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingMissing("DATABASE_URL", "must begin with sqlite:/// or postgresql+psycopg://")
    return url


def _smtp(environ: Mapping[str, str]) -> str:
    url = environ.get("SMTP_URL", "")
    if url and not url.startswith(("smtp://", "smtps://", "smtp+starttls://")):
        raise SettingMissing("SMTP_URL", "must begin with smtp://, smtp+starttls:// or smtps://")
    return url


def _usual_jobs(environ: Mapping[str, str]) -> str:
    return "embedded" if environ.get("DATABASE_URL", "").startswith("sqlite") else "huey"


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "1" if default else "0")
    if text not in {"0", "1"}:
        raise SettingMissing(name, "must be 0 or 1")
    return text == "1"


def _number(environ: Mapping[str, str], name: str, *, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise SettingMissing(name, "must be a whole number")
    return int(text)


def _one_of(environ: Mapping[str, str], name: str, allowed: tuple[str, ...], *, default: str) -> str:
    text = environ.get(name, default)
    if text not in allowed:
        raise SettingMissing(name, f"must be one of {', '.join(allowed)}")
    return text
