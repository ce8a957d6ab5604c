"""The scanner at a gate."""

from flask import Blueprint

bp = Blueprint("gate", __name__, url_prefix="/<fair:fair_code>/gate")
