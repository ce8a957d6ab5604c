"""The needs that exhibitors may answer."""

from flask import Blueprint

bp = Blueprint("needs_to_meet", __name__, url_prefix="/<fair:fair_code>/exhibitor/needs")
