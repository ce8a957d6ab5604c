"""The organizer's overview and settings of a fair."""

from flask import Blueprint

bp = Blueprint("fair_desk", __name__, url_prefix="/<fair:fair_code>/organizer")
