"""A buyer's own needs."""

from flask import Blueprint

bp = Blueprint("my_needs", __name__, url_prefix="/<fair:fair_code>/buyer/needs")
