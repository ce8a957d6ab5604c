"""From which desk somebody works on an exhibitor's staff: its own, the organizer's, or a link for a firm."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.service.delegating import DelegationLimited
from fairapp.exhibitors.views.delegated import delegated_actor, open_link
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.web.access import Actor, actor, acts_as, current_fair

OWN = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who works on which staff list, and where its pages are."""

    exhibitor: Exhibitor
    blueprint: str
    badges: str
    """The blueprint of the badges of this list."""
    arguments: dict[str, Any]
    layout: str
    actor: Actor
    may_change: bool = True
    may_give_access: bool = True
    """Whether contacts and others who sign in may be put on the list, changed and taken off."""
    may_pay: bool = True
    """Whether badges beyond the free ones may be agreed to."""

    def url(self, view: str, **values: Any) -> str:
        """Return the address of one of the desk's pages."""
        return url_for(f"{self.blueprint}.{view}", **self.arguments, **values)

    def badge_url(self, person: ExhibitorStaff | None = None) -> str:
        """Return the address of a person's badge, or of those of the whole list."""
        if person is None:
            return url_for(f"{self.badges}.print_badges", **self.arguments)
        return url_for(f"{self.badges}.download_badge", **self.arguments, staff_id=person.public_id)

    @property
    def kinds(self) -> tuple[StaffKind, ...]:
        """Which kinds of people may be entered here."""
        return tuple(StaffKind) if self.may_give_access else (StaffKind.STAFF, StaffKind.CONTRACTOR)

    def get(self, staff_id: str) -> ExhibitorStaff:
        """Return a person of the list that may be changed here."""
        person = queries.get_staff(self.exhibitor.id, staff_id)
        if not self.may_give_access and (person.account_id is not None or person.kind not in self.kinds):
            raise DelegationLimited(
                enterprise=self.exhibitor.enterprise.legal_name, contact=self.exhibitor.contact_name
            )
        return person


def own_desk(*roles: Role) -> Desk:
    """Return the desk of the exhibitor for which the account acts."""
    return Desk(
        exhibitor=own_exhibitor(*roles),
        blueprint="exhibitor_staff",
        badges="own_staff_badges",
        arguments={},
        layout="layouts/desk.html",
        actor=actor(),
        may_change=acts_as(Role.EXHIBITOR_CONTACT),
    )


def organizers_desk(exhibitor_id: str) -> Desk:
    """Return the organizer's desk for one exhibitor."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return Desk(
        exhibitor=exhibitor,
        blueprint="staff_of_exhibitor",
        badges="badges_of_exhibitor",
        arguments={"exhibitor_id": exhibitor.public_id},
        layout="layouts/desk.html",
        actor=actor(),
    )


def delegates_desk(act_token: str) -> Desk:
    """Return the desk of a firm with a link for staff."""
    delegation = open_link(act_token, may="staff")
    return Desk(
        exhibitor=delegation.exhibitor,
        blueprint="delegated_staff",
        badges="delegated_badges",
        arguments={"act_token": delegation.token},
        layout="layouts/link.html",
        actor=delegated_actor(),
        may_give_access=False,
        may_pay=delegation.may_order,
    )
