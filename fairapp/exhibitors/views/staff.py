"""The people on an exhibitor's booth."""

from flask import Blueprint

bp = Blueprint("exhibitor_staff", __name__, url_prefix="/<fair:fair_code>/exhibitor/staff")
