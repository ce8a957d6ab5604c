"""Badges: list, print, reprint, revoke."""

from flask import Blueprint

bp = Blueprint("badges", __name__, url_prefix="/<fair:fair_code>/organizer/badges")
