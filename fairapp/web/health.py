"""Whether the process lives and whether it can serve, for whoever watches it."""

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify, make_response

from fairapp.database import db
from fairapp.web.access import allow_public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allow_public
def show_health() -> Response:
    """Answer as long as the process answers at all."""
    return jsonify(status="ok")


@bp.get("/readyz")
@allow_public
def show_readiness() -> Response:
    """Answer 200 when the database is there and migrated, and Redis if it is wanted; else 503."""
    checks = {"database": _check_database(), "redis": _check_redis()}
    ready = all(text in {"ok", "not used"} for text in checks.values())
    return make_response(jsonify(status="ok" if ready else "not ready", checks=checks), 200 if ready else 503)


def _check_database() -> str:
    try:
        with db.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
            current = MigrationContext.configure(connection).get_current_heads()
    except sa.exc.SQLAlchemyError as error:
        return f"unreachable: {type(error).__name__}"
    wanted = ScriptDirectory(current_app.config["MIGRATIONS"]).get_heads()
    return "ok" if set(current) == set(wanted) else "migrations are missing: run flask --app wsgi db upgrade"


def _check_redis() -> str:
    url = current_app.config["REDIS_URL"]
    if not url:
        return "not used"
    import redis  # only where Redis is used

    try:
        with redis.from_url(url, socket_timeout=2) as client:
            client.ping()
    except redis.RedisError as error:
        return f"unreachable: {type(error).__name__}"
    return "ok"
