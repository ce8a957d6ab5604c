"""Visitors and buyers, for the organizer."""

from flask import Blueprint

bp = Blueprint("visitors", __name__, url_prefix="/<fair:fair_code>/organizer")
