"""Requests, grid and schedule, for the organizer."""

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/<fair:fair_code>/organizer/meetings")
