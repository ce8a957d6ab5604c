"""Prices and fee rules, and the catalogue of extras: the organizer's settings."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs import queries as fairs
from fairapp.fairs.models import Fair
from fairapp.fees.forms import ExtraForm, RulesForm
from fairapp.fees.lines import MAIN_EXHIBITOR
from fairapp.fees.queries import orders, rules, statements
from fairapp.fees.rules import Rules
from fairapp.fees.service import extras as service
from fairapp.fees.service import rules as rules_service
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("fee_settings", __name__, url_prefix="/<fair:fair_code>/organizer/set-up")
MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What other rules mean for one exhibitor."""

    exhibitor: Exhibitor
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What it pays more, or less if negative."""
        return self.after - self.before


@bp.get("/fees")
@allow(Role.ORGANIZER)
def edit_rules() -> str:
    """Show the fee rules that count, or an older version."""
    fair = current_fair()
    number, current = rules.rules_of(fair.id)
    wanted = request.args.get("version", type=int)
    older = rules.find_version(fair.id, wanted) if wanted is not None and wanted != number else None
    shown = Rules.from_values(older.values) if older else current
    form = RulesForm(data=RulesForm.values_of(number, shown), formdata=None)
    return _rules_page(form, older=older.number if older else None)


@bp.post("/fees")
@allow(Role.ORGANIZER)
def update_rules() -> Response | tuple[str, int]:
    """Show what other rules would change, or let them count from now on."""
    fair, form = current_fair(), RulesForm()
    if len(form.booths) != len(code_list("booth_types")):
        return _rules_page(RulesForm(data=RulesForm.values_of(*rules.rules_of(fair.id)), formdata=None)), 422
    if form.validate_on_submit():
        if "save" not in request.form:
            return _rules_page(form, effects=_effects(fair, form.to_rules())), 200
        with form.refusals():
            version = rules_service.set_rules(
                fair.id, form.to_rules(), seen=form.seen.data or 0, actor=actor(), now=clock.now()
            )
            say(gettext("Version %(number)s of the fees counts from now on.", number=version.number))
            return redirect(url_for(".edit_rules"), code=303)
    return _rules_page(form), form.answer_with


def _rules_page(form: RulesForm, *, effects: list[Effect] | None = None, older: int | None = None) -> str:
    fair = current_fair()
    number, current = rules.rules_of(fair.id)
    return render_template(
        "fees/rules.html",
        form=form,
        booth_types=list(code_list("booth_types")),
        number=number,
        older=older,
        effects=effects,
        most_shown=MOST_SHOWN,
        total=sum(one.difference for one in effects or ()),
        versions=rules.list_versions(fair.id),
        vat_percent=current.vat_on(fair.starts_on),
    )


def _effects(fair: Fair, changed: Rules) -> list[Effect]:
    """Return whose sum changes, the largest change first; a co-exhibitor is part of its main exhibitor's sum."""
    before = statements.statements_of(fair.id)
    after = statements.statements_of(fair.id, under=(0, changed))
    effects = [
        Effect(exhibitor=one, before=before[one.id].enterprise_pays, after=after[one.id].enterprise_pays)
        for one in exhibitors.list_exhibitors(fair.id)
        if one.id in before and before[one.id].held_by != MAIN_EXHIBITOR
    ]
    return sorted((one for one in effects if one.difference), key=lambda one: -abs(one.difference))


@bp.get("/extras/")
@allow(Role.ORGANIZER)
def list_extras() -> str:
    """Show the catalogue, what is offered and what is not."""
    fair = current_fair()
    extras = orders.list_extras(fair.id)
    return render_template(
        "fees/extras.html",
        offered=[one for one in extras if one.offered],
        others=[one for one in extras if not one.offered],
        units=orders.units_by_extra(fair.id),
        fairs=[one for one in _own_fairs() if one.id != fair.id],
        usual_missing=len(_usual() - {one.code for one in extras}),
    )


@bp.get("/extras/new")
@allow(Role.ORGANIZER)
def new_extra() -> str:
    """Show an empty extra."""
    last = max((one.position for one in orders.list_extras(current_fair().id)), default=0)
    form = ExtraForm(data={"position": last + 1}, formdata=None)
    return render_template("fees/extra.html", form=form, extra=None, units=(0, 0))


@bp.post("/extras/")
@allow(Role.ORGANIZER)
def create_extra() -> Response | tuple[str, int]:
    """Put an extra into the catalogue."""
    fair, form = current_fair(), ExtraForm()
    if form.validate_on_submit():
        with form.refusals():
            extra = service.add_extra(fair.id, form.to_data(fair.timezone), actor=actor(), now=clock.now())
            say(gettext("%(name)s is in the catalogue.", name=_name(extra.name)))
            return redirect(url_for(".list_extras"), code=303)
    return render_template("fees/extra.html", form=form, extra=None, units=(0, 0)), form.answer_with


@bp.get("/extras/<id:extra_id>/")
@allow(Role.ORGANIZER)
def edit_extra(extra_id: str) -> str:
    """Show an extra of the catalogue."""
    fair = current_fair()
    extra = orders.get_extra(fair.id, extra_id)
    form = ExtraForm(data=ExtraForm.values_of(extra, fair.timezone), formdata=None)
    units = orders.units_by_extra(fair.id).get(extra.id, (0, 0))
    return render_template("fees/extra.html", form=form, extra=extra, units=units)


@bp.post("/extras/<id:extra_id>/")
@allow(Role.ORGANIZER)
def update_extra(extra_id: str) -> Response | tuple[str, int]:
    """Change an extra."""
    fair, form = current_fair(), ExtraForm()
    extra = orders.get_extra(fair.id, extra_id)
    if form.validate_on_submit():
        with form.refusals():
            service.update_extra(fair.id, extra_id, form.to_data(fair.timezone), actor=actor(), now=clock.now())
            say(gettext("Saved."))
            return redirect(url_for(".list_extras"), code=303)
    units = orders.units_by_extra(fair.id).get(extra.id, (0, 0))
    return render_template("fees/extra.html", form=form, extra=extra, units=units), form.answer_with


@bp.post("/extras/<id:extra_id>/remove")
@allow(Role.ORGANIZER)
def remove_extra(extra_id: str) -> Response:
    """Take an extra out of the catalogue; orders keep it."""
    extra = service.set_offered(current_fair().id, extra_id, offered=False, actor=actor(), now=clock.now())
    say(
        gettext("%(name)s is not offered any more; what was ordered stays.", name=_name(extra.name)),
        undo=Undo(url=url_for(".offer_extra", extra_id=extra_id)),
    )
    return redirect(url_for(".list_extras"), code=303)


@bp.post("/extras/<id:extra_id>/offer")
@allow(Role.ORGANIZER)
def offer_extra(extra_id: str) -> Response:
    """Offer an extra, for the first time or again."""
    extra = service.set_offered(current_fair().id, extra_id, offered=True, actor=actor(), now=clock.now())
    say(gettext("%(name)s is in the catalogue.", name=_name(extra.name)))
    return redirect(url_for(".list_extras"), code=303)


@bp.post("/extras/usual")
@allow(Role.ORGANIZER)
def add_usual_extras() -> Response:
    """Bring the usual extras in, to be priced and offered."""
    count = service.add_usual(current_fair().id, actor=actor(), now=clock.now())
    say(
        ngettext(
            "%(num)d extra is here: set its price, then offer it.",
            "%(num)d extras are here: set their prices, then offer them.",
            count,
        )
    )
    return redirect(url_for(".list_extras"), code=303)


@bp.post("/extras/copy")
@allow(Role.ORGANIZER)
def copy_extras() -> Response:
    """Copy the catalogue of another fair that the account organizes."""
    code = request.form.get("fair", "")
    source = next((one for one in _own_fairs() if one.code == code and one.id != current_fair().id), None)
    if source is None:
        flash(gettext("Choose one of your fairs."), "error")
        return redirect(url_for(".list_extras"), code=303)
    count = service.copy_extras(current_fair().id, source.id, actor=actor(), now=clock.now())
    say(
        ngettext(
            "%(num)d extra is copied. Set its dates.",
            "%(num)d extras are copied. Set their dates.",
            count,
        )
    )
    return redirect(url_for(".list_extras"), code=303)


EXTRA_COLUMNS = exports.columns(
    code=_("Code"),
    group=_("Group"),
    name_vi=_("Name in Vietnamese"),
    name_en=_("Name in English"),
    name_ja=_("Name in Japanese"),
    name_ko=_("Name in Korean"),
    unit=_("Unit"),
    price=_("Price"),
    vat=_("VAT in per cent"),
    late_from=_("Late from"),
    surcharge=_("Surcharge in per cent"),
    closed_from=_("Closed from"),
    most=_("Most for one exhibitor"),
    offered=_("Offered"),
    ordered=_("Ordered so far"),
)


@bp.get("/extras.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(EXTRA_COLUMNS)
def export_extras() -> Response:
    """Answer with the catalogue as a workbook."""
    fair = current_fair()
    units = orders.units_by_extra(fair.id)
    rows = [
        [
            one.code,
            words.word(one.group or "other", "extra_group"),
            *(one.name.get(code, "") for code in languages.LANGUAGES),
            _name(one.unit),
            one.price,
            one.vat_percent,
            one.late_from,
            one.late_percent,
            one.closes_at,
            one.most,
            one.offered,
            units.get(one.id, (0, 0))[0],
        ]
        for one in orders.list_extras(fair.id)
    ]
    return exports.answer("extras", EXTRA_COLUMNS, rows)


def _own_fairs() -> list[Fair]:
    return [fair for fair, member in fairs.list_own_roles(current_user.id) if member.role is Role.ORGANIZER]


def _usual() -> set[str]:
    return set(service.usual_codes())


def _name(texts: dict[str, str]) -> str:
    return languages.text_in(texts, languages.current_language())
