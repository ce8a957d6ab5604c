"""The audit trail of a fair."""

from flask import Blueprint

bp = Blueprint("audit", __name__, url_prefix="/<fair:fair_code>/organizer/audit")
