"""Entries that may be one enterprise, compared and merged by an organizer."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises import phones, taxonomy
from fairapp.enterprises.duplicates import find_pairs
from fairapp.enterprises.forms import LANGUAGE_NAMES
from fairapp.enterprises.models import Enterprise
from fairapp.errors import FairError
from fairapp.register import queries
from fairapp.register.service import merging
from fairapp.register.views.own import organized_fair_ids
from fairapp.web import clock, languages, refusals
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("register_merging", __name__, url_prefix="/<fair:fair_code>/organizer/enterprises")

MOST_PAIRS = 200

LABELS: dict[str, Any] = {
    "legal_name": _("Legal name"), "short_name": _("Short name"), "english_name": _("English name"),
    "legal_form": _("Legal form"), "ownership": _("Ownership"), "capital_country": _("Capital from"),
    "representative": _("Legal representative"), "representative_title": _("Title of the representative"),
    "address": _("Address"), "industrial_park": _("Industrial park"), "ward": _("Ward or commune"),
    "postal_code": _("Postal code"), "province": _("Province"), "website": _("Website"), "phone": _("Phone"),
    "employees": _("Employees"), "established": _("Founded in"), "main_products": _("Main products"),
    "summary": _("Catalogue text"), "tightest_tolerance": _("Tightest tolerance"),
    "supply_kind": _("What you do in the supply chain"), "supply_tier": _("Supply tier"),
    "smart_factory_level": _("Smart factory level"), "women_owned": _("Owned by women to more than half"),
    "revenue_band": _("Revenue in a year"), "export_percent": _("Exports in per cent of revenue"),
    "export_markets": _("Export markets"), "capacity": _("Capacity in a month"), "lot_sizes": _("Lot sizes"),
    "languages": _("Languages spoken with buyers"), "programs": _("Support programs you joined"),
    "seeks": _("What you look for at the fair"), "logo_id": _("Logo"), "external_ref": _("Number in your own list"),
}  # fmt: skip

LISTS = {
    "legal_form": "legal_forms", "ownership": "ownership_types", "capital_country": "countries",
    "province": "provinces", "tightest_tolerance": "tolerance_bands", "supply_kind": "supply_kinds",
    "supply_tier": "supply_tiers", "revenue_band": "revenue_bands", "export_markets": "countries",
    "lot_sizes": "lot_size_bands", "programs": "support_programs",
}  # fmt: skip


@bp.get("/duplicates")
@allow(Role.ORGANIZER)
def list_duplicates() -> str:
    """Show the pairs of entries that may be one enterprise."""
    fair_ids = organized_fair_ids()
    pairs = find_pairs(queries.entries_to_compare(fair_ids))
    shown = pairs[:MOST_PAIRS]
    ids = {one for pair in shown for one in (pair.one, pair.other)}
    return render_template(
        "enterprises/duplicates.html",
        pairs=shown,
        total=len(pairs),
        entries=queries.enterprises_by_id(ids),
        parts=queries.parts_of(ids, fair_ids),
    )


@bp.get("/<id:enterprise_id>/merge")
@allow(Role.ORGANIZER)
def find_duplicate(enterprise_id: str) -> str:
    """Let the organizer look for the other entry."""
    fair_ids = organized_fair_ids()
    enterprise = queries.get_entry(enterprise_id, fair_ids)
    query = request.args.get("q", "")
    found = []
    if query:
        page = queries.find_entries(fair_ids, query)
        found = [one for one in page if one.id != enterprise.id]
    return render_template("enterprises/find_duplicate.html", enterprise=enterprise, query=query, found=found)


@bp.get("/<id:enterprise_id>/merge/<id:duplicate_id>")
@allow(Role.ORGANIZER)
def compare_entries(enterprise_id: str, duplicate_id: str) -> str:
    """Show two entries side by side: the first is kept."""
    return _compare(enterprise_id, duplicate_id)


@bp.post("/<id:enterprise_id>/merge/<id:duplicate_id>")
@allow(Role.ORGANIZER)
def merge_entries(enterprise_id: str, duplicate_id: str) -> Response | tuple[str, int]:
    """Merge the second entry into the first."""
    fair_ids = organized_fair_ids()
    kept, merged = queries.get_entry(enterprise_id, fair_ids), queries.get_entry(duplicate_id, fair_ids)
    wish = merging.Wish(
        kept=enterprise_id,
        kept_version=request.form.get("kept_version", 0, type=int),
        merged=duplicate_id,
        merged_version=request.form.get("merged_version", 0, type=int),
        take=[name for name in (*merging.FIELDS, merging.IDENTITY) if request.form.get(name) == "merged"],
    )
    names = {"merged": merged.legal_name, "kept": kept.legal_name}
    try:
        merge = merging.merge(current_fair().id, wish, organized=fair_ids, actor=actor(), now=clock.now())
    except FairError as error:
        return _compare(enterprise_id, duplicate_id, refusal=error), refusals.status_of(error)
    say(
        gettext("%(merged)s is merged into %(kept)s.", **names),
        undo=Undo(url=url_for(".undo_merge", merge_id=merge.public_id)),
    )
    return redirect(url_for("register.show_enterprise", enterprise_id=enterprise_id), code=303)


@bp.post("/merges/<id:merge_id>/undo")
@allow(Role.ORGANIZER)
def undo_merge(merge_id: str) -> Response:
    """Take two merged entries apart again."""
    merge = queries.get_merge(merge_id, organized_fair_ids())
    kept = merge.kept.public_id
    merging.undo(merge.id, fair_id=current_fair().id, actor=actor(), now=clock.now())
    flash(gettext("The two entries are apart again."), "success")
    return redirect(url_for("register.show_enterprise", enterprise_id=kept), code=303)


def _compare(kept_id: str, merged_id: str, *, refusal: FairError | None = None) -> str:
    if kept_id == merged_id:
        raise merging.MergeSame()
    fair_ids = organized_fair_ids()
    kept, merged = queries.get_entry(kept_id, fair_ids), queries.get_entry(merged_id, fair_ids)
    return render_template(
        "enterprises/merge.html",
        kept=kept,
        merged=merged,
        rows=_rows(kept, merged),
        parts=queries.parts_of([kept.id, merged.id], fair_ids),
        refusal=refusals.sentence_of(refusal) if refusal else "",
    )


def _rows(kept: Enterprise, merged: Enterprise) -> list[dict[str, Any]]:
    """Return the fields that either entry fills in; a value stands against nothing by itself."""
    identities = [f"{one.country} {one.tax_code}" for one in (kept, merged)]
    first = request.form.get(merging.IDENTITY) == "merged"
    rows = [{"name": merging.IDENTITY, "label": gettext("Tax code"), "values": identities, "take": first}]
    for name in merging.FIELDS:
        values = [_shown(one, name) for one in (kept, merged)]
        if any(values):
            chosen = request.form.get(name)
            take = chosen == "merged" if chosen else not values[0]
            rows.append({"name": name, "label": LABELS[name], "values": values, "take": take})
    return rows


def _shown(enterprise: Enterprise, name: str) -> str:
    value = getattr(enterprise, name)
    if name == "logo_id":
        return gettext("yes") if value else ""
    if name == "phone":
        return phones.show_phone(value)
    if isinstance(value, bool):
        return gettext("yes") if value else ""
    if isinstance(value, dict):
        return "\n".join(
            f"{language.upper()}: {value[language]}" for language in languages.LANGUAGES if value.get(language)
        )
    values = value if isinstance(value, list) else [value]
    if name == "languages":
        return ", ".join(str(LANGUAGE_NAMES.get(one, one)) for one in values)
    if name in LISTS:
        values = [taxonomy.label(LISTS[name], one, languages.current_language()) for one in values]
    return ", ".join(str(one) for one in values if one not in (None, ""))
