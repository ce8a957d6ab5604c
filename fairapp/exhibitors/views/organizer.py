"""Applications and exhibitors, for the organizer."""

from flask import Blueprint

bp = Blueprint("applications", __name__, url_prefix="/<fair:fair_code>/organizer")
