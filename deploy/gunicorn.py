"""gunicorn: one process and many threads beside SQLite; several processes beside PostgreSQL and Redis."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from config import environment

settings = environment()
bind = settings.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(settings.get("WEB_CONCURRENCY", "1"))
threads = int(settings.get("WEB_THREADS", "64"))
timeout = 60
graceful_timeout = 20
keepalive = 15
forwarded_allow_ips = settings.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True


def on_starting(server):
    """Refuse several processes on SQLite: each would run the jobs and count the limits for itself."""
    if workers > 1 and settings.get("DATABASE_URL", "").startswith("sqlite"):
        raise SystemExit("fairapp cannot start: WEB_CONCURRENCY must be 1 with SQLite (use PostgreSQL)")


def post_worker_init(worker):
    """Run jobs in a thread of the web process where no other worker does."""
    from fairapp.jobs.executors import EmbeddedExecutor

    app = worker.wsgi.__self__ if hasattr(worker.wsgi, "__self__") else worker.wsgi
    if app.config["JOBS"] == "embedded":
        app.extensions["fairapp_executor"] = EmbeddedExecutor(app)
        app.extensions["fairapp_executor"].start()


def worker_exit(server, worker):
    """Let the running job end."""
    app = getattr(worker, "wsgi", None)
    executor = getattr(app, "extensions", {}).get("fairapp_executor") if app else None
    if executor:
        executor.stop()
