"""Bank statements: take one in, and decide what no reference decides."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.fees.bank_files import read_table
from fairapp.fees.matching import Finding, Incoming, rank
from fairapp.fees.models import BankLine
from fairapp.fees.queries import bank as queries
from fairapp.fees.queries import payments
from fairapp.fees.queries.bank import LineState
from fairapp.fees.queries.payers import names_of, payers_by_key
from fairapp.fees.service import bank as service
from fairapp.fees.views.payers import payer_url
from fairapp.fees.views.payment_forms import TableForm, chosen_columns, columns_form, parts_form
from fairapp.files import service as files
from fairapp.web import clock, exports, fields, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.fields import Form
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import content_of

bp = Blueprint("bank", __name__, url_prefix="/<fair:fair_code>/organizer/bank")

FIRST_ROWS = 8
MOST_OFFERED = 12
"""So many requests are offered for a line; more are found by searching the requests."""


@bp.get("/")
@allow(Role.ORGANIZER)
def list_lines() -> str:
    """Show what came in by bank, and what is to be decided."""
    return _page(TableForm(formdata=None))


def _page(form: TableForm) -> str:
    fair = current_fair()
    chosen: dict[str, Any] = {"query": request.args.get("q", ""), "state": request.args.get("state", "")}
    page = queries.page_of_lines(fair.id, **chosen, page=request.args.get("page", 1, type=int))
    counts = queries.count_lines_by_state(fair.id)
    recorded = queries.payments_of_lines(one.id for one in page)
    return render_template(
        "fees/bank.html",
        form=form,
        page=page,
        chosen=chosen,
        chips=[(state.value, words.word(state, "bank_line"), counts[state.value]) for state in LineState],
        recorded=recorded,
        states={one.id: _state(one, _assigned(recorded, one)) for one in page},
        left={one.id: one.amount - _assigned(recorded, one) for one in page},
        statements=queries.list_statements(fair.id),
        payer_url=payer_url,
        open_count=counts["look"] + counts["unmatched"],
    )


def _assigned(recorded: dict[int, list[Any]], line: BankLine) -> int:
    return sum(payment.amount for payment in recorded.get(line.id, []))


def _state(line: BankLine, assigned: int) -> LineState:
    if line.ignored_at is not None:
        return LineState.IGNORED
    if assigned >= line.amount:
        return LineState.LOOK if line.finding is Finding.SHORT else LineState.MATCHED
    unknown = line.finding in (Finding.UNKNOWN, Finding.MATCHED, Finding.SHORT)
    return LineState.UNMATCHED if unknown else LineState.LOOK


LINES_COLUMNS = exports.columns(
    day=_("Day"),
    amount=_("Amount"),
    text_of_the_transfer=_("Text of the transfer"),
    payer=_("Payer"),
    number_of_the_bank=_("Number of the bank"),
    state=_("State"),
    recorded_for=_("Recorded for"),
    open=_("Open"),
)


@bp.get("/lines.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(LINES_COLUMNS)
def export_lines() -> Response:
    """Answer with the filtered bank lines as a workbook."""
    page = queries.page_of_lines(
        current_fair().id, query=request.args.get("q", ""), state=request.args.get("state", ""), per_page=100_000
    )
    recorded = queries.payments_of_lines(one.id for one in page)
    rows = [
        [
            one.booked_on.isoformat(),
            one.amount,
            one.text,
            one.payer,
            one.bank_reference,
            words.word(_state(one, _assigned(recorded, one)), "bank_line"),
            ", ".join(
                dict.fromkeys(
                    payment.request.reference for payment in recorded.get(one.id, []) if payment.request is not None
                )
            ),
            0 if one.ignored_at else one.amount - _assigned(recorded, one),
        ]
        for one in page
    ]
    return exports.answer("bank", LINES_COLUMNS, rows)


@bp.post("/upload")
@allow(Role.ORGANIZER)
def upload_statement() -> Response | tuple[str, int]:
    """Keep a bank's file and show what its import would do."""
    form = TableForm()
    if form.validate_on_submit():
        with form.refusals():
            name, content = content_of(form.file) or ("", b"")
            file = service.keep_upload(current_fair().id, content, name=name, now=clock.now())
            return redirect(url_for(".try_import", file_id=file.public_id), code=303)
    return _page(form), form.answer_with


@bp.get("/import/<id:file_id>")
@allow(Role.ORGANIZER)
def try_import(file_id: str) -> str:
    """Show what an import would do, with the columns as chosen or as found out."""
    return _dry_run(file_id, None)


def _dry_run(file_id: str, refused: Form | None) -> str:
    fair = current_fair()
    file = queries.get_file(fair.id, file_id)
    content = files.read(file)
    table = read_table(content)
    asked = columns_form(table, {}, formdata=request.args, meta={"csrf": False})
    chosen = chosen_columns(asked) if request.args and asked.validate() else None
    if refused is not None:
        chosen = chosen_columns(refused)
    run = service.try_out(fair.id, content, chosen)
    form = refused or columns_form(table, run.columns, formdata=None)
    return render_template(
        "fees/bank_import.html",
        file=file,
        form=form,
        run=run,
        kinds=words.WORDS["bank_column"],
        first=run.reading.transfers[:FIRST_ROWS],
        new=len(run.reading.transfers) - run.known,
        raw=table.rows[table.head_row + 1 : table.head_row + 1 + FIRST_ROWS],
        total=sum(one.amount for one in run.reading.transfers),
    )


@bp.post("/import/<id:file_id>")
@allow(Role.ORGANIZER)
def import_statement(file_id: str) -> Response | tuple[str, int]:
    """Take a statement in, or look again at what other columns would make of it."""
    fair = current_fair()
    table = read_table(files.read(queries.get_file(fair.id, file_id)))
    form = columns_form(table, {})
    if request.form.get("do") == "look":
        # The address must not carry the token that guards the form.
        chosen: dict[str, Any] = {
            name: request.form[name] for name in form.data if name in request.form and name != "csrf_token"
        }
        return redirect(url_for(".try_import", file_id=file_id, **chosen), code=303)
    if form.validate_on_submit():
        with form.refusals():
            done = service.import_statement(fair.id, file_id, chosen_columns(form), actor=actor(), now=clock.now())
            text = ngettext("%(num)d transfer is new", "%(num)d transfers are new", done.added)
            say(
                gettext(
                    "%(new)s, %(recorded)s recorded at once; %(known)s were known.",
                    new=text,
                    recorded=done.recorded,
                    known=done.known,
                )
            )
            return redirect(url_for(".list_lines"), code=303)
    return _dry_run(file_id, form), form.answer_with


@bp.post("/match-again")
@allow(Role.ORGANIZER)
def match_again() -> Response:
    """Compare the open lines with the requests of today."""
    count = service.match_again(current_fair().id, actor=actor(), now=clock.now())
    say(ngettext("%(num)d transfer was matched.", "%(num)d transfers were matched.", count))
    return redirect(url_for(".list_lines"), code=303)


@bp.get("/lines/<id:bank_line_id>/")
@allow(Role.ORGANIZER)
def show_line(bank_line_id: str) -> str:
    """Show one transfer with the requests that it may be for."""
    return _line_page(bank_line_id, None)


def _line_page(bank_line_id: str, form: Form | None) -> str:
    fair = current_fair()
    line = queries.get_line(fair.id, bank_line_id)
    recorded = queries.payments_of_lines([line.id])
    left = line.amount - _assigned(recorded, line)
    offered = _offered(line, left)
    rests = payments.paid_of(one.id for one in offered)
    if form is None:
        form = parts_form(offered, formdata=None, data=_likely_parts(line, offered, rests, left))
    _offer_credit(form)
    return render_template(
        "fees/bank_line.html",
        line=line,
        state=_state(line, line.amount - left),
        recorded=recorded.get(line.id, []),
        left=left,
        form=form,
        offered=offered,
        rests={one.id: one.amount - rests[one.id] for one in offered},
        query=request.args.get("q", ""),
        payer_url=payer_url,
    )


def _offered(line: BankLine, left: int) -> list[Any]:
    """Return the requests that are offered: by the search of the page, else those that fit best."""
    fair, query = current_fair(), request.args.get("q", "")
    if query:
        found = payments.list_requests(fair.id, query=query, today=clock.now().date())
        sums = payments.paid_of(one.id for one in found)
        return [one for one in found if one.withdrawn_at is None and one.amount > sums[one.id]][:MOST_OFFERED]
    incoming = Incoming(amount=left, text=line.text, payer=line.payer)
    best = [due.key for due in rank(incoming, queries.list_dues(fair.id))][:MOST_OFFERED]
    by_id = {one.id: one for one in payments.list_some(fair.id, best)}
    return [by_id[key] for key in best]


def _likely_parts(line: BankLine, offered: list[Any], paid: dict[int, int], left: int) -> dict[str, int]:
    if line.finding is not Finding.LIKELY:
        return {}
    fits = [one for one in offered if one.amount - paid[one.id] == left]
    return {f"part_{fits[0].public_id}": left} if fits else {}


def _offer_credit(form: Form) -> None:
    named = sorted((name.name, name.key) for name in names_of(current_fair().id).values())
    form["credit"].choices = fields.options(
        [("", gettext("Leave the rest open")), *((key, name) for name, key in named)]
    )


@bp.post("/lines/<id:bank_line_id>/")
@allow(Role.ORGANIZER)
def assign_line(bank_line_id: str) -> Response | tuple[str, int]:
    """Let a transfer pay one or several requests."""
    fair = current_fair()
    line = queries.get_line(fair.id, bank_line_id)
    offered = payments.list_requests(fair.id, today=clock.now().date())
    form = parts_form(offered)
    _offer_credit(form)
    if form.validate_on_submit():
        with form.refusals():
            parts = [
                (one.public_id, form[f"part_{one.public_id}"].data)
                for one in offered
                if form[f"part_{one.public_id}"].data
            ]
            credit_to = payers_by_key(fair.id).get(form["credit"].data or "")
            service.assign(fair.id, line.public_id, parts, credit_to=credit_to, actor=actor(), now=clock.now())
            undo = Undo(url=url_for(".unassign_line", bank_line_id=bank_line_id))
            say(gettext("The transfer is recorded; the payer is told by mail."), undo=undo)
            return redirect(url_for(".list_lines", state="look"), code=303)
    return _line_page(bank_line_id, form), form.answer_with


@bp.post("/lines/<id:bank_line_id>/unassign")
@allow(Role.ORGANIZER)
def unassign_line(bank_line_id: str) -> Response:
    """Take back what a transfer was recorded as."""
    service.unassign(current_fair().id, bank_line_id, actor=actor(), now=clock.now())
    say(gettext("The transfer is open again."))
    return redirect(url_for(".show_line", bank_line_id=bank_line_id), code=303)


@bp.post("/lines/<id:bank_line_id>/ignore")
@allow(Role.ORGANIZER)
def ignore_line(bank_line_id: str) -> Response:
    """Say that a transfer is not for the fair."""
    service.set_ignored(current_fair().id, bank_line_id, ignored=True, actor=actor(), now=clock.now())
    say(gettext("The transfer is ignored."), undo=Undo(url=url_for(".open_line", bank_line_id=bank_line_id)))
    return redirect(url_for(".list_lines"), code=303)


@bp.post("/lines/<id:bank_line_id>/open")
@allow(Role.ORGANIZER)
def open_line(bank_line_id: str) -> Response:
    """Say that an ignored transfer is for the fair after all."""
    service.set_ignored(current_fair().id, bank_line_id, ignored=False, actor=actor(), now=clock.now())
    say(gettext("The transfer is open again."))
    return redirect(url_for(".show_line", bank_line_id=bank_line_id), code=303)
