"""The exhibitor's own application and profile."""

from flask import Blueprint

bp = Blueprint("exhibitor_desk", __name__, url_prefix="/<fair:fair_code>/exhibitor")
