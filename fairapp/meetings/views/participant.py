"""Requests and agenda of a buyer or an exhibitor."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.service.shared import NotAnExhibitor
from fairapp.meetings import agenda, queries, service
from fairapp.meetings.forms import DeclineForm, RequestForm
from fairapp.meetings.models import Meeting, Side
from fairapp.meetings.service import Party
from fairapp.needs import queries as needs
from fairapp.visitors import queries as visitors
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair, membership
from fairapp.web.uploads import download

bp = Blueprint("my_meetings", __name__, url_prefix="/<fair:fair_code>/meetings")
PARTIES = (Role.BUYER, Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
DECIDING = (Role.BUYER, Role.EXHIBITOR_CONTACT)


def own_party() -> Party:
    """Return the side for which the account acts."""
    member, fair = membership(*PARTIES), current_fair()
    if member.role is Role.BUYER:
        buyer = visitors.find_buyer(fair.id, member.enterprise_id)
        if buyer is not None:
            return Party(side=Side.BUYER, id=buyer.id)
    exhibitor = exhibitors.find_exhibitor(fair.id, member.enterprise_id)
    if exhibitor is None:
        raise NotAnExhibitor()
    return Party(side=Side.EXHIBITOR, id=exhibitor.id)


@bp.get("/")
@allow(*PARTIES)
def list_requests() -> str:
    """Show the requests that were made and received, and the slots one cannot take."""
    return _requests(DeclineForm())


def _requests(form: DeclineForm, *, declining: str = "") -> str:
    party, fair = own_party(), current_fair()
    return render_template(
        "meetings/requests.html",
        party=party,
        requests=queries.list_requests(fair.id, side=party.side, party_id=party.id),
        slots=queries.list_slots(fair.id),
        unavailable=queries.list_unavailable(side=party.side, party_id=party.id),
        form=form,
        declining=declining,
    )


@bp.get("/exhibitors")
@allow(Role.BUYER)
def list_exhibitors() -> str:
    """Show the exhibitors whom a buyer may ask."""
    party, fair = own_party(), current_fair()
    page = exhibitors.page_of_exhibitors(
        fair.id,
        exhibitors.Filters(query=request.args.get("q", ""), state="present"),
        page=request.args.get("page", 1, type=int),
    )
    asked = {one.exhibitor_id: one for one in queries.list_requests(fair.id, side=Side.BUYER, party_id=party.id)}
    return render_template("meetings/exhibitors.html", page=page, asked=asked, query=request.args.get("q", ""))


@bp.get("/ask/<id:other_id>")
@allow(*DECIDING)
def new_request(other_id: str) -> str:
    """Show the form that asks for a meeting."""
    return _ask_page(other_id, RequestForm())


@bp.post("/ask/<id:other_id>")
@allow(*DECIDING)
def create_request(other_id: str) -> Response | tuple[str, int]:
    """Ask for a meeting."""
    form = RequestForm()
    if form.validate_on_submit():
        with form.refusals():
            service.request_meeting(
                current_fair().id,
                own_party(),
                other_id,
                need_public_id=request.args.get("need"),
                message=form.message.data or "",
                actor=actor(),
                now=clock.now(),
            )
            flash(gettext("Asked. You get a mail when they answer."), "success")
            return redirect(url_for(".list_requests"), code=303)
    return _ask_page(other_id, form), form.answer_with


def _ask_page(other_id: str, form: RequestForm) -> str:
    fair, party = current_fair(), own_party()
    if party.side is Side.BUYER:
        buyer_id, other = party.id, exhibitors.get_exhibitor(fair.id, other_id).enterprise
    else:
        buyer = visitors.get_buyer(fair.id, other_id)
        buyer_id, other = buyer.id, buyer.enterprise
    need_id = request.args.get("need")
    need = needs.get_own(buyer_id, need_id) if need_id else None
    return render_template("meetings/ask.html", form=form, other=other, need=need)


@bp.post("/<id:request_id>/accept")
@allow(*DECIDING)
def accept_request(request_id: str) -> Response:
    """Accept a request."""
    service.accept(current_fair().id, own_party(), request_id, actor=actor(), now=clock.now())
    flash(gettext("Accepted. The organizer gives it a slot and a table."), "success")
    return redirect(url_for(".list_requests"), code=303)


@bp.post("/<id:request_id>/decline")
@allow(*DECIDING)
def decline_request(request_id: str) -> Response | tuple[str, int]:
    """Decline a request."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return _requests(form, declining=request_id), form.answer_with
    service.decline(current_fair().id, own_party(), request_id, form.reason.data or "", actor=actor(), now=clock.now())
    flash(gettext("Declined. They get a mail."), "success")
    return redirect(url_for(".list_requests"), code=303)


@bp.post("/<id:request_id>/withdraw")
@allow(*DECIDING)
def withdraw_request(request_id: str) -> Response:
    """Take a request back."""
    service.withdraw(current_fair().id, own_party(), request_id, actor=actor(), now=clock.now())
    flash(gettext("The request is withdrawn."), "success")
    return redirect(url_for(".list_requests"), code=303)


@bp.post("/availability")
@allow(*DECIDING)
def set_availability() -> Response:
    """Set the slots that one cannot take."""
    service.set_unavailable(
        current_fair().id, own_party(), request.form.getlist("slot"), actor=actor(), now=clock.now()
    )
    flash(gettext("Saved. The next schedule respects it."), "success")
    return redirect(url_for(".list_requests"), code=303)


@bp.get("/agenda")
@allow(*PARTIES)
def show_agenda() -> str:
    """Show one's meetings in order of time."""
    return render_template("meetings/agenda.html", meetings=_own_agenda(), party=own_party())


@bp.get("/agenda/print")
@allow(*PARTIES)
def print_agenda() -> str:
    """Show one's meetings on paper."""
    return render_template("meetings/agenda_print.html", meetings=_own_agenda(), party=own_party())


@bp.get("/agenda.ics")
@allow(*PARTIES)
def export_agenda() -> Response:
    """Answer with one's meetings for a calendar."""
    fair, party = current_fair(), own_party()
    name = languages.text_in(fair.name, languages.current_language())
    content = agenda.to_ics(
        [_entry(meeting, party.side) for meeting in _own_agenda()], name=name, timezone=fair.timezone
    )
    return download(content, name=f"{fair.code}-agenda.ics", content_type="text/calendar; charset=utf-8")


def _own_agenda() -> list[Meeting]:
    party = own_party()
    return list(queries.list_agenda(current_fair().id, side=party.side, party_id=party.id))


def _entry(meeting: Meeting, side: Side) -> agenda.Entry:
    other = meeting.exhibitor if side is Side.BUYER else meeting.buyer
    need = meeting.request.need
    place = gettext("Table %(code)s", code=meeting.table.code)
    if meeting.table.hall:
        place += f", {languages.text_in(meeting.table.hall.name, languages.current_language())}"
    return agenda.Entry(
        uid=meeting.public_id,
        sequence=meeting.sequence,
        starts_at=meeting.slot.starts_at,
        ends_at=meeting.slot.ends_at,
        title=gettext("Meeting with %(name)s", name=other.enterprise.legal_name),
        place=place,
        description=languages.text_in(need.title, languages.current_language()) if need else "",
        scheduled_at=meeting.scheduled_at,
    )
