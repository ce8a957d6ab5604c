"""Requests and agenda of a buyer or an exhibitor."""

from flask import Blueprint

bp = Blueprint("my_meetings", __name__, url_prefix="/<fair:fair_code>/meetings")
