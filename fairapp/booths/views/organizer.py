"""The floor plan and the allocation of booths, for the organizer."""

from flask import Blueprint

bp = Blueprint("booths", __name__, url_prefix="/<fair:fair_code>/organizer/booths")
