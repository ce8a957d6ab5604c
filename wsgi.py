"""The service, for gunicorn and for ``flask --app wsgi``."""

from config import environment, from_environment
from fairapp import create_app

app = create_app(from_environment(environment()))
