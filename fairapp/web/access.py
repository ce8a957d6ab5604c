"""The door of every page: which fair, which account, which role; closed unless a view says otherwise."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_security import current_user
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from fairapp.accounts.policy import PUBLIC, SIGNED_IN, Audience, Decision, Policy, Role, decide
from fairapp.errors import NotAllowed, NotFound, SignInNeeded
from fairapp.web import requests

View = TypeVar("View", bound=Callable[..., Any])

EXHIBITOR = frozenset({Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF})
"""By what an account acts for an exhibitor."""

LIBRARY_POLICIES = {"static": PUBLIC}
"""Policies of views that libraries bring; Flask-Security's guard themselves and are added by name."""


NO_BODY = 0
"""The scope of a co-organizer without a body: no row has this number."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something, for the audit trail."""

    account_id: int | None = None
    name: str = ""
    ip: str = ""
    request_id: str = ""


class FairLike(Protocol):
    """What a door needs to know of a fair."""

    id: int
    code: str
    timezone: str
    published: bool


class MembershipLike(Protocol):
    """What a door needs to know of a membership."""

    id: int
    account_id: int
    role: Role
    enterprise_id: int | None
    co_organizer_id: int | None


class FairCode(BaseConverter):
    """A fair's code in a URL: upper case, so that it can never hide another path."""

    regex = "[A-Z][A-Z0-9-]{1,15}"
    part_isolating = True


class RandomId(BaseConverter):
    """The random public id of a row."""

    regex = "[2-9a-z]{12}"
    part_isolating = True


def allow(*roles: Role) -> Callable[[View], View]:
    """Let accounts with one of ``roles`` in the page's fair enter a view."""
    return _state(Policy(audience=Audience.ROLES, roles=frozenset(roles)))


def allow_public(view: View) -> View:
    """Let everybody enter a view."""
    return _state(PUBLIC)(view)


def allow_signed_in(view: View) -> View:
    """Let every account enter a view."""
    return _state(SIGNED_IN)(view)


def _state(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def find_policy(app: Flask, endpoint: str) -> Policy | None:
    """Return what a view says of itself, or what we say of a library's view."""
    stated: Policy | None = getattr(app.view_functions[endpoint], "policy", None)
    return stated or LIBRARY_POLICIES.get(endpoint)


def init_app(
    app: Flask,
    *,
    find_fair: Callable[[str], FairLike | None],
    list_memberships: Callable[[int, int], Sequence[MembershipLike]],
) -> None:
    """Guard every view of ``app``; the two functions look up fairs and memberships."""
    app.url_map.converters.update(fair=FairCode, id=RandomId)
    app.extensions["fairapp_access"] = (find_fair, list_memberships)
    app.url_value_preprocessor(_take_fair)
    app.url_defaults(_give_fair)
    app.before_request(_guard)


def _take_fair(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.fair, g.memberships = None, []
    if not values or "fair_code" not in values:
        return
    find_fair, list_memberships = current_app.extensions["fairapp_access"]
    fair = find_fair(values.pop("fair_code"))
    if fair is None:
        g.fair_missing = True
        return
    g.fair = fair
    if current_user.is_authenticated:
        g.memberships = list(list_memberships(current_user.id, fair.id))


def _give_fair(endpoint: str, values: dict[str, Any]) -> None:
    if "fair_code" in values or g.get("fair") is None:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "fair_code"):
        values["fair_code"] = g.fair.code


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    if g.get("fair_missing"):
        raise NotFound()
    policy = find_policy(current_app, request.endpoint)
    roles = [membership.role for membership in g.memberships]
    signed_in = bool(current_user.is_authenticated)
    decision = decide(policy, signed_in=signed_in, roles=roles)
    if decision is Decision.REFUSE:
        raise NotAllowed()
    if decision is Decision.SIGN_IN:
        return _ask_to_sign_in()
    if g.fair is not None and not g.fair.published and not roles:
        raise NotFound()
    return None


def _ask_to_sign_in() -> Response:
    if request.method != "GET" or requests.wants_json() or requests.is_fragment():
        raise SignInNeeded()
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")), code=303)


def current_fair() -> Any:
    """Return the fair of the page; a view under ``/<fair:fair_code>/`` always has one."""
    if g.get("fair") is None:
        raise NotFound()
    return g.fair


def memberships(*roles: Role) -> list[Any]:
    """Return what the account is in the page's fair, ``roles`` only if any are given."""
    return [membership for membership in g.get("memberships", []) if not roles or membership.role in roles]


def membership(*roles: Role) -> Any:
    """Return the membership by which the account is here: of the enterprise it chose, else the first.

    Whoever acts for an enterprise as its staff is not its contact by being another enterprise's: of ``roles`` only
    those count that the page is open for.
    """
    found = memberships(*roles)
    door = _door() & set(roles)
    if door:
        found = [one for one in found if one.role in door]
    if roles and EXHIBITOR.issuperset(roles):
        here = acting()
        found = [one for one in found if here is not None and one.enterprise_id == here.enterprise_id]
    if not found:
        raise NotAllowed()
    chosen = _chosen()
    return next((one for one in found if one.enterprise_id == chosen and chosen is not None), found[0])


def acting() -> Any:
    """Return the membership by which the account acts for an exhibitor, as contact before staff; ``None`` for none."""
    own = sorted(memberships(*EXHIBITOR), key=lambda one: one.role is not Role.EXHIBITOR_CONTACT)
    chosen = _chosen()
    return next((one for one in own if one.enterprise_id == chosen), own[0] if own else None)


def acts_as(role: Role) -> bool:
    """Whether the account is this for the exhibitor for which it acts."""
    here = acting()
    return here is not None and here.role is role


def _chosen() -> int | None:
    chosen: int | None = session.get("acting_for", {}).get(str(g.fair.id)) if g.get("fair") else None
    return chosen


def _door() -> frozenset[Role]:
    policy = find_policy(current_app, request.endpoint) if request.endpoint else None
    return policy.roles if policy is not None else frozenset()


def act_for(enterprise_id: int) -> None:
    """Remember for which of its enterprises the account acts in the page's fair."""
    session["acting_for"] = {**session.get("acting_for", {}), str(current_fair().id): enterprise_id}


def has_role(*roles: Role) -> bool:
    """Whether the account has one of ``roles`` in the page's fair."""
    return bool(memberships(*roles))


def scope() -> int | None:
    """Return which body's enterprises the account may see: ``None`` for an organizer, who sees all.

    A co-organizer whom nobody has given a body sees what belongs to ``NO_BODY``: nothing.
    """
    if has_role(Role.ORGANIZER):
        return None
    member = membership(Role.CO_ORGANIZER)
    return NO_BODY if member.co_organizer_id is None else int(member.co_organizer_id)


def actor() -> Actor:
    """Return who acts in this request."""
    known = current_user.is_authenticated
    return Actor(
        account_id=current_user.id if known else None,
        name=(current_user.full_name or current_user.email) if known else "",
        ip=request.remote_addr or "",
        request_id=requests.request_id(),
    )


SYSTEM = Actor(name="fairapp")
"""Who acts when nobody does: a job or a command."""

CODE = re.compile(FairCode.regex)
