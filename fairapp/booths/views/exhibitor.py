"""The exhibitor's booth and choices."""

from flask import Blueprint

bp = Blueprint("exhibitor_booth", __name__, url_prefix="/<fair:fair_code>/exhibitor/booth")
