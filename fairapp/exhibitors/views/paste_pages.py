"""Many people at once: rows are pasted or come in a file and are looked at; bad ones stay to be mended."""

from flask import redirect, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from fairapp.exhibitors import queries
from fairapp.exhibitors.forms.staff import PasteForm
from fairapp.exhibitors.people import Sheet, StaffKind, read_sheet_text
from fairapp.exhibitors.prices import badge_price
from fairapp.exhibitors.quota import extra_badges
from fairapp.exhibitors.service import staff as service
from fairapp.exhibitors.views.desks import Desk
from fairapp.exhibitors.views.staff_pages import Answer, offer_price, standing_of
from fairapp.files import sheets
from fairapp.web import clock, words
from fairapp.web.access import current_fair
from fairapp.web.tables import xlsx
from fairapp.web.toasts import say
from fairapp.web.uploads import content_of

CHECK, ADD = "check", "add"


def show(desk: Desk) -> str:
    """Show where rows are pasted or a file is chosen."""
    form = PasteForm(data={"kind": StaffKind.STAFF.value})
    form.offer(desk.kinds)
    return _page(desk, form, None)


def take(desk: Desk) -> Answer:
    """Show what the rows say, or put the good ones on the list and keep the others on the page."""
    form = PasteForm()
    form.offer(desk.kinds)
    sheet = None
    if form.validate_on_submit():
        with form.refusals():
            sheet = _read(desk, form)
            if request.form.get("action") == ADD and sheet.good:
                _add(desk, form, sheet)
                if not sheet.bad:
                    return redirect(desk.url("list_staff"), code=303)
                form.rows.data = sheet.rest
                sheet = _read_text(desk, form)
    return _page(desk, form, sheet), form.answer_with


def faults(desk: Desk) -> Response:
    """Answer with the rows that cannot be taken and the reasons, as a workbook."""
    form = PasteForm()
    form.offer(desk.kinds)
    bad = _read(desk, form).bad if form.validate_on_submit() else []
    width = max((len(row.cells) for row in bad), default=0)
    head = [gettext("Row"), gettext("What is wrong"), *[f"{number + 1}" for number in range(width)]]
    rows = [[row.number, " ".join(words.word(one, "staff_fault") for one in row.faults), *row.cells] for row in bad]
    return xlsx(f"{current_fair().code}-staff-errors", head, rows)


def _read(desk: Desk, form: PasteForm) -> Sheet:
    chosen = content_of(form.file)
    if chosen is not None:
        # From here on the file is text on the page: whatever must be mended can be mended there, and nothing is lost.
        form.rows.data = sheets.write_rows([row for row in sheets.read_sheet(chosen[1]) if any(row)])
    return _read_text(desk, form)


def _read_text(desk: Desk, form: PasteForm) -> Sheet:
    return read_sheet_text(
        form.rows.data or "",
        kind=StaffKind(form.kind.data),
        contractor=form.contractor.data or "",
        known={service.key_of(one) for one in queries.list_staff(desk.exhibitor.id)},
    )


def _add(desk: Desk, form: PasteForm, sheet: Sheet) -> None:
    added = service.add_staff(
        current_fair().id,
        desk.exhibitor.public_id,
        sheet.good,
        extra_agreed=desk.may_pay and form.extra_agreed.data,
        price=badge_price(current_fair().id),
        actor=desk.actor,
        now=clock.now(),
    )
    say(ngettext("%(num)d person is on the list.", "%(num)d people are on the list.", len(added)))


def _page(desk: Desk, form: PasteForm, sheet: Sheet | None) -> str:
    standing = standing_of(desk)
    extra = 0
    if sheet is not None and form.kind.data != StaffKind.CONTRACTOR.value:
        extra = extra_badges(standing.used + len(sheet.good), standing.quota.free) - standing.extra
    offer_price(desk, form, standing, extra)
    return render_template(
        "exhibitors/paste.html", desk=desk, form=form, sheet=sheet, exhibitor=desk.exhibitor, standing=standing
    )
