"""The staff list as a page: the same for the exhibitor, the organizer, and a firm with a link."""

from flask import redirect, render_template
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from fairapp.exhibitors import queries
from fairapp.exhibitors.forms.staff import StaffForm
from fairapp.exhibitors.models import ExhibitorStaff
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.prices import badge_price
from fairapp.exhibitors.quota import Standing
from fairapp.exhibitors.service import access
from fairapp.exhibitors.service import staff as service
from fairapp.exhibitors.views.desks import Desk
from fairapp.web import clock, words
from fairapp.web.access import current_fair
from fairapp.web.fields import Form
from fairapp.web.filters import money
from fairapp.web.tables import xlsx
from fairapp.web.toasts import Undo, say

Answer = Response | tuple[str, int]


def show_list(desk: Desk, form: StaffForm | None = None) -> str:
    """Show who is on the list, how many badges are used, and the form for one more."""
    if form is None:
        form = new_form(desk)
    standing = standing_of(desk)
    offer_price(desk, form, standing, 1 if standing.next_costs else 0)
    return render_template(
        "exhibitors/staff.html",
        desk=desk,
        form=form,
        exhibitor=desk.exhibitor,
        people=queries.list_staff(desk.exhibitor.id),
        others=queries.list_others_with_access(desk.exhibitor) if desk.may_give_access else [],
        standing=standing,
    )


def new_form(desk: Desk) -> StaffForm:
    """Return an empty form for somebody of the staff."""
    form = StaffForm(data={"kind": StaffKind.STAFF.value})
    form.offer(desk.kinds)
    return form


def standing_of(desk: Desk) -> Standing:
    """Return how many badges are used of those that the exhibitor may have."""
    fair = current_fair()
    return queries.standing_of(fair, desk.exhibitor, price=badge_price(fair.id))


def offer_price(desk: Desk, form: Form, standing: Standing, extra: int) -> None:
    """Ask for a word to what further badges cost, or leave the question out."""
    if not desk.may_pay or not standing.price or not extra:
        form.form_errors += form.extra_agreed.errors
        del form.extra_agreed
        return
    total = money(extra * standing.price)
    form.extra_agreed.label.text = ngettext(
        "Yes, %(num)d badge beyond the free ones for %(total)s before VAT",
        "Yes, %(num)d badges beyond the free ones for %(total)s before VAT",
        extra,
        total=total,
    )


def create(desk: Desk) -> Answer:
    """Put a person on the list."""
    form = StaffForm()
    form.offer(desk.kinds)
    if form.validate_on_submit():
        with form.refusals():
            [person] = service.add_staff(
                current_fair().id,
                desk.exhibitor.public_id,
                [form.to_data()],
                extra_agreed=desk.may_pay and form.extra_agreed.data,
                price=badge_price(current_fair().id),
                actor=desk.actor,
                now=clock.now(),
            )
            say(_added(person), undo=Undo(url=desk.url("remove_staff", staff_id=person.public_id)))
            return redirect(desk.url("list_staff"), code=303)
    return show_list(desk, form), form.answer_with


def _added(person: ExhibitorStaff) -> str:
    if person.kind is StaffKind.CONTACT or person.account_id is not None:
        return gettext("%(name)s is on the list, has a badge and gets an invitation.", name=person.full_name)
    return gettext("%(name)s is on the list and has a badge.", name=person.full_name)


def show_form(desk: Desk, staff_id: str, form: StaffForm | None = None) -> str:
    """Show what the list says of a person, to be changed."""
    person = desk.get(staff_id)
    if form is None:
        form = StaffForm(data=StaffForm.values_of(person))
        form.offer(desk.kinds)
    standing = standing_of(desk)
    refused = form.extra_agreed.errors
    offer_price(
        desk, form, standing, 1 if refused or (person.kind is StaffKind.CONTRACTOR and standing.next_costs) else 0
    )
    return render_template("exhibitors/person.html", desk=desk, form=form, person=person, exhibitor=desk.exhibitor)


def update(desk: Desk, staff_id: str) -> Answer:
    """Change what the list says of a person."""
    person = desk.get(staff_id)
    form = StaffForm()
    form.offer(desk.kinds)
    if form.validate_on_submit():
        with form.refusals():
            service.update_staff(
                current_fair().id,
                desk.exhibitor.public_id,
                person.public_id,
                form.to_data(),
                extra_agreed=desk.may_pay and form.extra_agreed.data,
                price=badge_price(current_fair().id),
                actor=desk.actor,
                now=clock.now(),
            )
            say(gettext("%(name)s is changed. A printed badge that says something else is worthless now.",
                        name=form.full_name.data))  # fmt: skip
            return redirect(desk.url("list_staff"), code=303)
    return show_form(desk, staff_id, form), form.answer_with


def remove(desk: Desk, staff_id: str) -> Response:
    """Take a person off the list; the badge becomes worthless."""
    before = desk.get(staff_id)
    had_access = before.account_id is not None
    person = service.remove_staff(
        current_fair().id, desk.exhibitor.public_id, before.public_id, actor=desk.actor, now=clock.now()
    )
    undo = Undo(url=desk.url("restore_staff", staff_id=person.public_id), values={"access": "1"} if had_access else {})
    say(gettext("%(name)s is off the list and the badge is worthless.", name=person.full_name), undo=undo)
    return redirect(desk.url("list_staff"), code=303)


def restore(desk: Desk, staff_id: str, *, access: bool) -> Response:
    """Put a person back on the list."""
    person = service.restore_staff(
        current_fair().id,
        desk.exhibitor.public_id,
        desk.get(staff_id).public_id,
        access=access and desk.may_give_access,
        actor=desk.actor,
        now=clock.now(),
    )
    say(gettext("%(name)s is back on the list; print the badge anew.", name=person.full_name))
    return redirect(desk.url("list_staff"), code=303)


def end_access(desk: Desk, member_id: str) -> Response:
    """Take the sign-in of somebody who is not on the list."""
    email = access.take_access(
        current_fair().id, desk.exhibitor.public_id, member_id, actor=desk.actor, now=clock.now()
    )
    say(gettext("%(email)s cannot sign in for the exhibitor any more.", email=email))
    return redirect(desk.url("list_staff"), code=303)


def export(desk: Desk) -> Response:
    """Answer with the list as a workbook."""
    head = [
        gettext("Full name"), gettext("Position"), gettext("Mail address"), gettext("Phone"),
        gettext("Works as"), gettext("Firm of the contractor"), gettext("Signs in"),
    ]  # fmt: skip
    rows = [
        [
            one.full_name,
            one.position,
            one.email,
            one.phone,
            words.word(one.kind, "staff_kind"),
            one.contractor,
            gettext("Yes") if one.account_id is not None else "",
        ]
        for one in queries.list_staff(desk.exhibitor.id)
    ]
    return xlsx(f"{current_fair().code}-staff-{desk.exhibitor.public_id}", head, rows)
