"""The mails of a fair, sent and kept."""

from flask import Blueprint

bp = Blueprint("mail", __name__, url_prefix="/<fair:fair_code>/organizer/mails")
