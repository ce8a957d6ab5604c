"""The sentence and the status of every refusal, and the page that shows them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

from fairapp.errors import FairError
from fairapp.web import languages, moments, requests

REFUSALS: dict[str, tuple[int, Any]] = {
    "refused": (409, _("The fair's rules do not allow this.")),
    # doors
    "not_found": (404, _("There is nothing at this address. It may have been moved, or it belongs to another fair.")),
    "not_allowed": (403, _("Your account may not open this page. Ask the organizer for the role that may.")),
    "sign_in_needed": (401, _("Your session has ended. Sign in again; what you typed is still on the page.")),
    # applications
    "application_state": (409, _("This application has been decided in the meantime. Look at it again.")),
    "may_only_recommend": (403, _("Your body recommends, the organizer decides.")),
    "quota_full": (409, _("The quota of %(body)s is full: %(used)s of %(quota)s exhibitors are accepted.")),
    "exhibitor_in_use": (
        409,
        _("%(name)s has a booth, staff, orders or meetings already. Take them out first, then the acceptance."),
    ),
    "nothing_ticked": (422, _("Tick at least one application.")),
    "too_many_at_once": (
        422,
        _("Decide on at most %(most)s applications at once; these are %(count)s. Filter further."),
    ),
    "co_organizer_exists": (409, _("There is a co-organizer %(code)s already.")),
    "co_organizer_in_use": (409, _("%(code)s has applications or exhibitors. Give them to another body first.")),
    "nothing_to_undo": (409, _("There is nothing of yours to undo here.")),
    "not_a_co_organizer": (409, _("Only a co-organizer acts for a body.")),
    "not_a_list": (422, _("There is no list here whose filters could be saved.")),
    "saved_view_exists": (409, _("You have a view of this name already.")),
    "already_applied": (409, _("%(name)s (%(tax_code)s) has an application in this fair already.")),
    "applications_closed": (409, _("Applications were taken until %(at)s.")),
    "applications_not_open": (409, _("Applications are taken from %(at)s on.")),
    "representative_office": (
        422,
        _("A representative office may not take part itself. The enterprise applies, or a branch."),
    ),
    "country_not_accepted": (422, _("This fair takes no enterprises of this country. Write to the organizer.")),
    "supply_kind_not_accepted": (
        422,
        _("This fair is for supporting industry: makers of parts and materials, processing, tools and equipment."),
    ),
    "sectors_not_accepted": (422, _("None of these sectors belongs to this fair.")),
    "enterprise_too_young": (422, _("This fair takes enterprises from their year %(years)s on.")),
    "too_few_employees": (422, _("This fair takes enterprises with at least %(employees)s employees.")),
    "raw_space_too_small": (422, _("Raw space is rented from %(least)s m² on.")),
    "similar_enterprise": (
        409,
        _("The register knows %(name)s with tax code %(tax_code)s. Correct the tax code, or say that you are another."),
    ),
    "tax_code_of_another": (409, _("This is the application of %(name)s. Another enterprise applies for itself.")),
    "sent_meanwhile": (
        409,
        _("A colleague has sent this application since you opened it. Look at it again; your entries are saved."),
    ),
    "draft_changed": (
        409,
        _("Another window has saved or sent this application. Save again to keep what you see here, or open it anew."),
    ),
    "scan_of_another": (422, _("The code on this form belongs to another application. Choose the form of this one.")),
    "scan_of_another_fair": (422, _("This form belongs to the fair %(fair)s.")),
    "consent_needed": (
        409,
        _("Without this consent the organizer cannot keep the application. Withdraw the application instead."),
    ),
    "fair_changed": (409, _("Somebody else has changed the settings of the fair. Open the page anew.")),
    "directory_consent_missing": (
        409,
        _("The enterprise has not agreed that the directory shows it, or has taken that back. Ask it to agree again."),
    ),
    "not_an_exhibitor": (409, _("This page opens when the organizer has accepted your application.")),
    # imports of lists
    "list_empty": (422, _("There are no rows below the titles.")),
    "columns_twice": (422, _("More than one column means %(fields)s.")),
    "key_missing": (422, _("Choose a column for the tax code or for your external id.")),
    "already_imported": (409, _("This list is imported already. Upload the file again to import it anew.")),
    "not_tried": (409, _("Try the list first; its columns have changed.")),
    "row_refused": (422, _("This row cannot be taken.")),
    "row_needs": (422, _("A new exhibitor needs: %(fields)s.")),
    "row_of_two": (409, _("The external id is that of %(name)s, the tax code that of %(other)s.")),
    "row_tax_code_differs": (409, _("%(name)s has another tax code, %(tax_code)s; a list does not change it.")),
    "row_has_application": (409, _("%(name)s has applied: decide on the application.")),
    "row_not_listed": (409, _("The enterprise has not agreed that the directory shows it, or has taken that back.")),
    "row_reference_taken": (409, _("Another exhibitor has the external id %(reference)s.")),
    "row_rival": (409, _("Somebody entered the same enterprise a moment ago. Upload the list once more.")),
    # catalogue
    "greeting_changed": (409, _("The settings were changed in the meantime. Open the page anew to see them.")),
    # exhibitors
    "not_withdrawn": (409, _("%(name)s takes part already.")),
    "main_exhibitor_withdrawn": (409, _("%(name)s, whose booth it shares, has withdrawn. Take that back first.")),
    "already_exhibitor": (409, _("%(name)s takes part in this fair already.")),
    "already_proposed": (409, _("%(name)s waits for the organizer's answer already.")),
    "proposal_decided": (409, _("%(name)s has been answered in the meantime.")),
    "no_main_exhibitor": (409, _("%(name)s shares a booth itself and cannot share it further.")),
    "co_exhibitor_has_no_booth": (409, _("%(name)s is a co-exhibitor: its booth is that of %(main)s.")),
    "pavilion_not_empty": (409, _("The pavilion has members. Take them out first.")),
    "no_exhibitor_chosen": (422, _("Choose an exhibitor of this fair.")),
    "in_another_pavilion": (409, _("%(name)s belongs to another pavilion.")),
    "fascia_frozen": (409, _("Fascia names are with the printers. Write to the organizer.")),
    "settings_changed": (409, _("Somebody else saved these settings in the meantime. Look at them again.")),
    "last_contact": (409, _("An exhibitor keeps at least one contact. Name another one first.")),
    "access_needs_email": (422, _("Whoever signs in needs a mail address.")),
    "already_on_list": (409, _("%(name)s is on the list already.")),
    "staff_changed": (409, _("%(name)s was taken off the list in the meantime.")),
    "no_rows": (422, _("There are no rows to read, or more than %(most)s.")),
    "sheet_unreadable": (422, _("This is neither a workbook nor a text of rows. Save it as XLSX or CSV.")),
    "sheet_too_long": (422, _("The table has more than %(most)s rows.")),
    "badges_used_up": (409, _("There are at most %(limit)s badges of this kind, and %(used)s are used.")),
    "extra_badges_to_agree": (409, _("%(extra)s of these badges cost extra: agree to the price first.")),
    "delegation_revoked": (
        410,
        _("This link does not work any more. Ask %(contact)s of %(enterprise)s for a new one."),
    ),
    "delegation_expired": (
        410,
        _("This link worked until %(at)s. Ask %(contact)s of %(enterprise)s for a new one."),
    ),
    "delegation_limited": (403, _("This link is for something else. Ask %(contact)s of %(enterprise)s.")),
    "delegation_for_nothing": (422, _("Tick what the firm may do.")),
    "delegation_past": (422, _("Choose a day in the future.")),
    "exhibitor_withdrawn": (409, _("%(name)s has withdrawn from this fair.")),
    # enterprises
    "tax_code_malformed": (422, _("A tax code has 10 digits, that of a branch 13: 0123456789-001.")),
    "tax_code_personal": (
        422,
        _("These 12 digits are a personal id. We do not take it; enterprises have a tax code of 10 digits."),
    ),
    "tax_code_check_digit": (422, _("This is not a tax code: the tenth digit does not fit. Look for a typing error.")),
    "registration_number_malformed": (422, _("Letters, digits, spaces, dots, dashes and slashes only.")),
    "phone_invalid": (422, _("This is not a phone number. Write it as you dial it, from abroad with +.")),
    "profile_changed": (409, _("%(by)s changed this page in the meantime. Compare, then save again.")),
    "profile_list_full": (409, _("There may be %(most)s here at most.")),
    "paste_refused": (422, _("Paste 1 to %(most)s rows.")),
    "certificate_exists": (409, _("This standard is on your list already: change it there.")),
    "certificate_dates": (422, _("The last day comes before the day of issue.")),
    "svg_refused": (
        415,
        _("We do not take SVG: such a file can carry a program. Save the drawing as PNG, 600 pixels or more."),
    ),
    "picture_too_small": (422, _("The picture is smaller than %(least)s pixels.")),
    "merge_same": (422, _("Choose two different entries.")),
    "merge_conflict": (
        409,
        _("Both take part in %(fairs)s. Reject or withdraw one of the two there first, or keep the other entry."),
    ),
    "merge_elsewhere": (409, _("The entry to be merged takes part in a fair that you do not organize.")),
    "merge_rival": (409, _("One of the two entries changed in the meantime. Compare them again.")),
    "merge_undone": (409, _("This merge was undone already.")),
    "merge_buried": (409, _("The kept entry was merged into another one later. Undo that first.")),
    "tax_code_taken": (409, _("%(name)s has this tax code already. If the two are one enterprise, merge them.")),
    # files
    "file_kind": (415, _("This file is not what its name says, or not of a kind we take: %(accepted)s.")),
    "file_broken": (422, _("The file cannot be read to its end. Save it anew and try again.")),
    "file_empty": (422, _("The file is empty.")),
    "image_too_large": (422, _("The picture has more than %(millions)s million pixels.")),
    # booths
    "booth_taken": (409, _("Booth %(booth)s went to %(exhibitor)s, by %(by)s at %(at)s.")),
    "booth_held": (409, _("Booth %(booth)s is held for %(exhibitor)s until %(until)s.")),
    "booth_blocked": (409, _("Booth %(booth)s is blocked.")),
    "booth_not_allocated": (409, _("Booth %(booth)s is free already.")),
    "too_many_choices": (422, _("Name at most %(most)s booths.")),
    "unknown_booth": (422, _("There is no booth %(booth)s to choose.")),
    "unknown_exhibitor": (422, _("Choose an exhibitor of this fair.")),
    # fees and orders
    "fee_rules_changed": (409, _("Somebody else changed the fees in the meantime. Look at them again.")),
    "extra_closed": (409, _("%(name)s: closed since %(at)s. The organizer may still help.")),
    "extra_not_offered": (409, _("%(name)s is not offered any more.")),
    "too_many_units": (422, _("%(name)s: at most %(most)s for one exhibitor, and %(have)s are ordered.")),
    "extra_code_taken": (409, _("There is an extra with the code %(extra)s already.")),
    "nothing_ordered": (422, _("Enter a quantity for at least one extra.")),
    "bank_account_malformed": (422, _("An account number has 4 to 19 digits or letters, nothing else.")),
    "no_bank_account": (409, _("Nobody can be asked to pay yet: enter the bank account under Set up, Payment.")),
    "payment_request_withdrawn": (409, _("This payment request is withdrawn.")),
    "nothing_to_request": (409, _("There is nothing to ask for. Somebody may have asked already.")),
    "request_not_restorable": (409, _("It cannot be restored: something else was asked for instead.")),
    "nothing_unpaid": (409, _("It is paid: there is nothing to remind of.")),
    "refund_too_large": (422, _("Only %(most)s ₫ of the payments pay no request; no more can go back.")),
    "payment_state": (409, _("This payment has been reversed or reinstated in the meantime. Look at it again.")),
    "no_credit": (409, _("There is no credit left for it.")),
    "exhibitor_takes_part": (409, _("The exhibitor takes part: there is no withdrawal to settle.")),
    "already_settled": (409, _("The withdrawal is settled already.")),
    "settlement_changed": (409, _("The figures have changed in the meantime. Look at them again.")),
    "not_settled": (409, _("The withdrawal is not settled.")),
    "bank_file_unreadable": (422, _("This is no table: save the bank statement as XLSX or CSV and try again.")),
    "bank_file_too_long": (422, _("The file has more than %(most)s rows. Export a shorter period.")),
    "bank_file_without_transfers": (422, _("No row of the file is money that came in. Check the columns.")),
    "bank_columns_missing": (422, _("Say which column holds the day and which the money that came in.")),
    "bank_line_state": (409, _("Somebody has changed this line in the meantime. Look at it again.")),
    "parts_too_large": (422, _("The parts are more than the line, or than what is open of a request.")),
    "e_invoice_exists": (409, _("E-invoice %(number)s is recorded already, for %(reference)s.")),
    "payment_changed": (409, _("Somebody else changed the settings in the meantime. Look at them again.")),
    "order_refused": (422, _("Some lines cannot be ordered or changed like this; the reasons are beside them.")),
    "order_price_changed": (409, _("The price has changed in the meantime. Look at the new sum and order again.")),
    "order_cancelled": (409, _("This order is cancelled.")),
    "order_restored_too_late": (409, _("The cancellation is too long ago. Order again, at the prices of today.")),
    "order_note_needed": (422, _("The close has passed: write into the note why it is done anyway.")),
    # visitors and buyers
    "already_registered": (
        409,
        _("%(email)s is registered already. We have sent the badge and the personal link again."),
    ),
    "registration_closed": (409, _("Registrations were taken until %(at)s.")),
    "registration_withdrawn": (410, _("This registration is withdrawn.")),
    "already_buyer": (409, _("%(name)s is a buyer of this fair already.")),
    # meetings
    "already_requested": (409, _("You two have a request already. Look under Meetings.")),
    "meeting_requests_closed": (409, _("Meeting requests were taken until %(at)s.")),
    "schedule_rival": (409, _("Somebody else scheduled the meetings at this moment. Look at them again.")),
    "request_answered": (409, _("This request has been answered, withdrawn or scheduled in the meantime.")),
    "not_yours_to_answer": (409, _("The other side answers this request.")),
    "grid_without_slots": (409, _("There is no meeting grid: add slots first.")),
    "grid_without_tables": (409, _("The meeting grid has no tables: add tables first.")),
    # badges and gates
    "off_the_list": (409, _("%(name)s has no badge: taken off the list, or the exhibitor has withdrawn.")),
    "badge_revoked": (409, _("%(serial)s is revoked already.")),
    "rival_issued": (409, _("The badge was issued by somebody else at this moment. Try again.")),
    "credential_unreadable": (422, _("This is not a badge of our fair.")),
    "credential_forged": (422, _("The signature is wrong. Call the organizer.")),
    "credential_unknown_key": (422, _("It is signed with a key that the fair never had. Call the organizer.")),
    "credential_bad_signature": (422, _("The signature is wrong. Call the organizer.")),
    "credential_wrong_fair": (422, _("This is a badge of another fair.")),
    "gate_exists": (409, _("There is a gate %(gate)s already.")),
    "scan_malformed": (400, _("This is not a scan.")),
    "scan_id_taken": (409, _("Another scan has this id. Scan the badge again.")),
    "scan_exists": (409, _("This scan is being stored already.")),
    "rival_check_in": (409, _("Another gate checked this badge in at this moment.")),
    # the manual and mails
    "manual_not_empty": (409, _("The manual has sections or tasks already. Take them out first to begin anew.")),
    "nothing_to_copy": (409, _("That fair has no manual to copy, or you do not organize it.")),
    "manual_closed": (409, _("The fair is over: nothing can be answered any more.")),
    "task_done_elsewhere": (409, _("This task is done on another page; it shows here by itself.")),
    "answer_incomplete": (422, _("Write an answer or choose a file.")),
    "nothing_to_return": (409, _("There is no answer to return, or it has been returned already.")),
    "template_exists": (409, _("There is a template of this name already.")),
    "no_recipients": (422, _("Nobody is left to write to: tick somebody, or take filters out.")),
    "mail_not_sent": (409, _("This mail is on its way already.")),
    # fairs
    "opening_hours": (422, _("%(day)s: exhibitors first, then the opening, then the close.")),
    # accounts
    "already_member": (409, _("%(email)s has this role already.")),
    "last_organizer": (409, _("A fair keeps at least one organizer. Give the role to somebody else first.")),
}

HTTP_REFUSALS: dict[int, Any] = {
    400: _("The request was not understood. Go back and try again."),
    401: _("Sign in to see this page."),
    403: _("You may not open this page."),
    404: _("There is nothing at this address. It may have been moved, or it belongs to another fair."),
    405: _("This address cannot be used in this way."),
    409: _("Somebody changed this in the meantime. Look at it again."),
    410: _("What was here is gone."),
    413: _("The file is larger than allowed."),
    415: _("Files of this kind are not accepted."),
    422: _("Some entries need to be corrected."),
    429: _("Too many attempts in a short time. Wait a minute and try again."),
    500: _("Something went wrong on our side. It has been noted; please try again."),
    503: _("The service is not ready yet. Try again in a minute."),
}


def status_of(error: FairError) -> int:
    """Return the HTTP status of a refusal."""
    return REFUSALS[error.code][0]


def sentence_of(error: FairError) -> str:
    """Return what a refusal says, in the reader's language."""
    return sentence(error.code, error.facts)


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return the sentence of a refusal's code with its facts filled in."""
    return str(REFUSALS[code][1]) % {name: _readable(fact) for name, fact in facts.items()}


def _readable(fact: object) -> object:
    if isinstance(fact, Mapping):
        return languages.text_in(fact, languages.current_language())
    if isinstance(fact, datetime):
        return moments.short_moment(fact)
    return moments.short_day(fact) if isinstance(fact, date) else fact


def all_codes(base: type[FairError] = FairError) -> Iterator[str]:
    """Yield the code of every refusal that is defined anywhere."""
    yield base.code
    for refusal in base.__subclasses__():
        yield from all_codes(refusal)


def init_app(app: Flask) -> None:
    """Answer every refusal and every error of ``app`` with a page, a fragment or JSON."""
    app.register_error_handler(FairError, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_failure)


def _answer_refusal(error: FairError) -> Response:
    return _answer(status_of(error), error.code, sentence_of(error))


def _answer_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    answer = _answer(error.code, f"http_{error.code}", str(HTTP_REFUSALS.get(error.code, error.description)))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _answer_failure(error: Exception) -> Response:
    if current_app.testing or current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("unexpected failure")
    return _answer(500, "http_500", gettext("Something went wrong on our side. It has been noted; please try again."))


def _answer(status: int, code: str, text: str) -> Response:
    if requests.wants_json():
        return make_response(jsonify(code=code, message=text, request_id=requests.request_id()), status)
    if requests.is_fragment():
        answer = make_response(render_template("refusal_toast.html", code=code, sentence=text), status)
        answer.headers["HX-Retarget"] = "#toasts"
        answer.headers["HX-Reswap"] = "beforeend"
        return answer
    page = render_template(
        "refusal.html", status=status, code=code, sentence=text, back=_way_back(), request_id=requests.request_id()
    )
    return make_response(page, status)


def _way_back() -> str | None:
    origin = request.host_url.rstrip("/") + "/"
    if request.referrer and request.referrer.startswith(origin) and request.referrer != request.url:
        return "/" + request.referrer.removeprefix(origin)
    return None
