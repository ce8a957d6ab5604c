"""Registration of visitors, and their personal page."""

from flask import Blueprint

bp = Blueprint("registration", __name__, url_prefix="/<fair:fair_code>/register")
