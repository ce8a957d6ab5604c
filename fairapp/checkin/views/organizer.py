"""Gates and live counts, for the organizer."""

from flask import Blueprint

bp = Blueprint("checkin", __name__, url_prefix="/<fair:fair_code>/organizer/gates")
