"""Filters of a list that an account keeps under a name; every list of the organizer's desk may show them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Flask, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts import queries, service
from fairapp.accounts.forms import SavedViewForm
from fairapp.accounts.models import SavedView
from fairapp.accounts.policy import Role
from fairapp.errors import FairError
from fairapp.web.access import allow, current_fair, find_policy, has_role, memberships
from fairapp.web.toasts import Undo, say

bp = Blueprint("saved_views", __name__, url_prefix="/<fair:fair_code>/organizer/views")


class NotAList(FairError):
    """There is no list of this name that the account may open."""

    code = "not_a_list"


NOT_KEPT = frozenset({"page"})
LONGEST_QUERY = 2000


@dataclass(frozen=True, kw_only=True)
class KeptView:
    """A saved view as the list shows it."""

    name: str
    query: str
    url: str
    delete_url: str
    shared: bool
    own: bool
    owner: str


@dataclass(frozen=True, kw_only=True)
class KeptViews:
    """The saved views of a list, and what there is to save."""

    list_name: str
    query: str
    save_url: str
    views: list[KeptView]


def init_app(app: Flask) -> None:
    """Let the lists of ``app`` show saved views."""
    app.add_template_global(saved_views, "saved_views")


def saved_views(list_name: str) -> KeptViews:
    """Return the account's own views of a list and, for organizers, those that others share."""
    kept = queries.list_saved_views(current_fair().id, current_user.id, list_name, shared=has_role(Role.ORGANIZER))
    return KeptViews(
        list_name=list_name,
        query=kept_query(request.query_string.decode()),
        save_url=url_for("saved_views.create_view"),
        views=[_shown(view) for view in kept],
    )


def kept_query(query: str) -> str:
    """Return what of an address is kept: the filters and the order, but not the page; the same however it was typed."""
    pairs = parse_qsl(query[:LONGEST_QUERY])
    return urlencode(sorted((name, value) for name, value in pairs if name not in NOT_KEPT))


def _shown(view: SavedView) -> KeptView:
    return KeptView(
        name=view.name,
        query=view.query,
        url=f"{url_for(view.list_name)}?{view.query}",
        delete_url=url_for("saved_views.delete_view", view_id=view.public_id),
        shared=view.shared,
        own=view.account_id == current_user.id,
        owner=view.account.full_name or view.account.email,
    )


@bp.post("/")
@allow(Role.ORGANIZER, Role.CO_ORGANIZER)
def create_view() -> Response:
    """Keep the filters of a list under a name."""
    form = SavedViewForm()
    list_name = request.form.get("list_name", "")
    if not _is_list(list_name):
        raise NotAList()
    query = kept_query(request.form.get("query", ""))
    back = redirect(f"{url_for(list_name)}?{query}", code=303)
    if not form.validate():
        flash(gettext("A view needs a name of at most 60 letters."), "error")
        return back
    with form.refusals():
        service.save_view(
            current_fair().id,
            current_user.id,
            list_name=list_name,
            name=form.name.data,
            query=query,
            shared=form.shared.data and has_role(Role.ORGANIZER),
        )
        say(gettext("The view %(name)s is saved.", name=form.name.data))
        return back
    flash(" ".join(form.form_errors), "error")
    return back


@bp.post("/<id:view_id>/delete")
@allow(Role.ORGANIZER, Role.CO_ORGANIZER)
def delete_view(view_id: str) -> Response:
    """Take an own view out."""
    view = service.delete_view(current_fair().id, current_user.id, view_id)
    values = {"list_name": view.list_name, "name": view.name, "query": view.query}
    again = {**values, "shared": "1"} if view.shared else values
    say(
        gettext("The view %(name)s is deleted.", name=view.name),
        undo=Undo(url=url_for("saved_views.create_view"), values=again),
    )
    return redirect(url_for(view.list_name), code=303)


def _is_list(endpoint: str) -> bool:
    """Whether an endpoint is a list of this fair that the account may open."""
    if endpoint not in current_app.view_functions or g.get("fair") is None:
        return False
    rules: list[Any] = list(current_app.url_map.iter_rules(endpoint))
    policy = find_policy(current_app, endpoint)
    roles = {one.role for one in memberships()}
    return (
        policy is not None
        and bool(policy.roles & roles)
        and any(rule.arguments == {"fair_code"} and "GET" in rule.methods for rule in rules)
    )
