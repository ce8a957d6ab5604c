"""All needs of a fair, for the organizer."""

from flask import Blueprint

bp = Blueprint("needs", __name__, url_prefix="/<fair:fair_code>/organizer/needs")
