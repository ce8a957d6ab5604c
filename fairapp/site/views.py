"""The public pages of a fair."""

from flask import Blueprint

bp = Blueprint("site", __name__, url_prefix="/<fair:fair_code>")
