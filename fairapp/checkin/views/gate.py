"""The scanner at a gate."""

import re
from datetime import datetime

from flask import Blueprint, Response, jsonify, render_template, request

from fairapp.accounts.policy import Role
from fairapp.checkin import queries, service
from fairapp.checkin.service import Reading
from fairapp.checkin.views.sentences import detail, holder, remedy
from fairapp.errors import FairError
from fairapp.folding import fold
from fairapp.web import clock, words
from fairapp.web.access import actor, allow, current_fair

bp = Blueprint("checkin_gate", __name__, url_prefix="/<fair:fair_code>/gate")
SCAN_ID = re.compile(r"[0-9a-f-]{36}")
LARGEST = 4096
"""Bytes of a request with one scan; a credential has 193 digits."""


class ScanMalformed(FairError):
    """The device sent something that is no scan."""

    code = "scan_malformed"


@bp.url_value_preprocessor
def _limit_scans(endpoint: str | None, _values: object) -> None:
    # Here and not in the view: whoever looks for the token of a form reads the body before.
    if endpoint == f"{bp.name}.create_scan":
        request.max_content_length = LARGEST


@bp.get("/")
@allow(Role.GATE, Role.ORGANIZER)
def list_gates() -> str:
    """Show the gates to choose from."""
    return render_template("checkin/gates.html", gates=queries.list_gates(current_fair().id))


@bp.get("/<gate_code>/")
@allow(Role.GATE, Role.ORGANIZER)
def show_scanner(gate_code: str) -> str:
    """Show the scanner."""
    return render_template("checkin/scanner.html", gate=queries.get_gate(current_fair().id, gate_code))


@bp.post("/<gate_code>/scans")
@allow(Role.GATE, Role.ORGANIZER)
def create_scan(gate_code: str) -> Response:
    """Decide on one scan; the same scan id gets the same answer."""
    answer = service.scan(current_fair().id, gate_code, _reading(), actor=actor(), now=clock.now())
    verdict, badge = answer.verdict, answer.badge
    return jsonify(
        verdict=verdict.code.value,
        admitted=verdict.admitted,
        state=words.state(verdict.code, "verdict"),
        title=words.word(verdict.code, "verdict"),
        detail=detail(verdict, badge),
        remedy=remedy(verdict),
        holder=holder(badge),
        duplicate=answer.duplicate,
        scan_id=answer.scan.scan_id,
    )


@bp.get("/<gate_code>/badges")
@allow(Role.GATE, Role.ORGANIZER)
def find_badges(gate_code: str) -> Response:
    """Answer with the badges of people who forgot theirs."""
    gate, query = queries.get_gate(current_fair().id, gate_code), request.args.get("q", "")
    found = queries.find_badges(gate.fair_id, query) if len(fold(query)) >= 2 else []
    return jsonify([holder(badge) for badge in found])


def _reading() -> Reading:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise ScanMalformed()
    scan_id, text = sent.get("scan_id"), sent.get("reading")
    if not (isinstance(scan_id, str) and SCAN_ID.fullmatch(scan_id) and isinstance(text, str)):
        raise ScanMalformed()
    scanned_at = _moment(sent.get("scanned_at"))
    sent_at = _moment(sent.get("sent_at", sent.get("scanned_at")))
    return Reading(scan_id=scan_id, text=text, scanned_at=scanned_at, sent_at=sent_at)


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise ScanMalformed() from error
    if moment.tzinfo is None:
        raise ScanMalformed()
    return moment
