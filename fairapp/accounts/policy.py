"""Who may enter a page: roles per fair, and one policy for each view."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is in one fair; it may be several things, and others in another fair."""

    ORGANIZER = "organizer"
    CO_ORGANIZER = "co_organizer"
    EXHIBITOR_CONTACT = "exhibitor_contact"
    EXHIBITOR_STAFF = "exhibitor_staff"
    BUYER = "buyer"
    GATE = "gate"


class Audience(StrEnum):
    """How far a view's door is open."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    ROLES = "roles"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The answer of one view to the question who may enter."""

    audience: Audience
    roles: frozenset[Role] = frozenset()


PUBLIC = Policy(audience=Audience.PUBLIC)
SIGNED_IN = Policy(audience=Audience.SIGNED_IN)


class Decision(StrEnum):
    """What the door does."""

    ENTER = "enter"
    SIGN_IN = "sign_in"
    REFUSE = "refuse"


def decide(policy: Policy | None, *, signed_in: bool, roles: Iterable[Role]) -> Decision:
    """Return whether an account with ``roles`` in the page's fair may enter; no policy means no."""
    if policy is None:
        return Decision.REFUSE
    if policy.audience is Audience.PUBLIC:
        return Decision.ENTER
    if not signed_in:
        return Decision.SIGN_IN
    if policy.audience is Audience.SIGNED_IN or policy.roles.intersection(roles):
        return Decision.ENTER
    return Decision.REFUSE
