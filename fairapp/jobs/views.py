"""Jobs of a fair, their progress and what they produced."""

from flask import Blueprint

bp = Blueprint("jobs", __name__, url_prefix="/<fair:fair_code>/organizer/jobs")
