"""Every page of the URL map, with objects of the demo fair and somebody who may open it."""

import functools
import pathlib
from dataclasses import dataclass

import sqlalchemy as sa
from flask import url_for
from flask_security.recoverable import generate_reset_password_token

from fairapp import create_app
from fairapp.accounts.models import Account, Membership
from fairapp.accounts.policy import Audience, Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.badges import service as badges
from fairapp.badges.models import Badge
from fairapp.booths.models import Allocation, Booth
from fairapp.checkin.models import Gate
from fairapp.database import db
from fairapp.enterprises.models import CapabilityKind
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.fees.models import PaymentRequest
from fairapp.needs.models import Need
from fairapp.visitors.models import Visitor
from fairapp.web.access import find_policy
from tests.browser.servers import Service
from tests.conftest import settings
from tests.features.world import ACTOR

FILES = (".css", ".ics", ".pdf", ".svg", ".xlsx", "<path:filename>")
NOT_HTML = {
    "health.show_health", "health.show_readiness", "applications.download_scan", "checkin.show_figures",
    "checkin.stream_figures", "checkin_gate.find_badges", "jobs.download_outcome", "mail.download_attachment",
    "exhibitor_manual.download_answer", "exhibitor_manual.download_section_file", "manual.download_section_file",
    "manual_progress.download_answer", "own_application.download_signed_form",
    "profile_certificates.download_own_certificate", "register_files.download_certificate",
    "register_files.show_logo", "register_files.show_photo", "site.show_logo", "site.show_photo",
}  # fmt: skip
"""Views that answer with files or figures, like all addresses that end as files do; everything else is a page."""

IN_PASSING = {
    "security.confirm_email", "security.logout", "security.two_factor_token_validation",
    "security.two_factor_rescue", "security.tf_select", "security.mf_recovery", "security.wan_verify",
    "security.wan_delete", "exhibitor_desk.edit_application", "exhibitor_desk.edit_participation",
}  # fmt: skip
"""Pages in the middle of signing in, and of an application that nobody has decided: journeys look at them."""

NEED_ACCOUNT = {
    "security.change_password", "security.two_factor_setup", "security.mf_recovery_codes",
    "security.wan_register", "security.verify",
}  # fmt: skip
VARIANTS = {"booths.show_floor_plan": "?booth=", "site.show_floor_plan": "?hall=B"}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page, and the role of whoever opens it; ``None`` is somebody without an account."""

    endpoint: str
    arguments: tuple[str, ...]
    role: Role | None
    of_fair: bool


@functools.cache
def every_page() -> list[Place]:
    """Return the pages, in an order that every worker finds alike."""
    app = create_app(settings("sqlite:///:memory:", pathlib.Path("unused")))
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NOT_HTML | IN_PASSING or rule.rule.endswith(FILES):
            continue
        policy = find_policy(app, rule.endpoint)
        role = None
        if policy is not None and policy.audience is Audience.ROLES:
            role = next(one for one in Role if one in policy.roles)
        elif policy is None or policy.audience is Audience.SIGNED_IN or rule.endpoint in NEED_ACCOUNT:
            role = Role.ORGANIZER
        arguments = tuple(sorted(rule.arguments - {"fair_code"}))
        found.append(
            Place(endpoint=rule.endpoint, arguments=arguments, role=role, of_fair="fair_code" in rule.arguments)
        )
    return sorted(found, key=lambda place: place.endpoint)


def _order(service: Service, fair: Fair) -> str:
    """Order the badges of the press, so that there is a job to look at."""
    now = service.world.now
    return badges.order_print(fair.id, category="press", actor=ACTOR, now=now).public_id


def _of_fees(service: Service, fair: Fair) -> dict[str, str]:
    """Return what the organizer alone has: bank files and transfers, lists to import, bodies and pavilions."""
    world = service.world
    file = world.make_bank_file(fair)
    return {
        "file_id": file.public_id,
        "bank_line_id": world.make_bank_line(fair, file).public_id,
        "import_id": world.make_import(fair).public_id,
        "body_id": world.make_co_organizer(fair).public_id,
        "pavilion_id": world.make_pavilion(fair).public_id,
    }


class DemoFair:
    """The demo fair's people and things, by the names that routes give them."""

    def __init__(self, service: Service) -> None:
        self.app = service.app
        fair = db.session.scalars(sa.select(Fair).where(Fair.code == "SIE27")).one()
        self.sessions = {
            role: db.session.scalars(
                sa.select(Account.fs_uniquifier)
                .join(Membership)
                .where(Membership.fair_id == fair.id, Membership.role == role)
            ).first()
            for role in Role
        }
        service.world.make_fair("VIF27")  # the list of fairs shows itself where there are several
        buyer = self._enterprise(fair, Role.BUYER)
        of_fair = {model: sa.select(model).where(model.fair_id == fair.id) for model in (Application, Need, Booth)}
        exhibitor = db.session.scalars(
            sa.select(Exhibitor).join(Allocation).where(Exhibitor.fair_id == fair.id).limit(1)
        ).one()
        applied = of_fair[Application].where(Application.status == ApplicationStatus.APPLIED)
        need = next(one for one in db.session.scalars(of_fair[Need]) if one.buyer.enterprise_id == buyer)
        visitor = db.session.scalars(sa.select(Visitor).where(Visitor.fair_id == fair.id)).first()
        self.values = {
            "application_id": db.session.scalars(applied).first().public_id,
            **self._of_exhibitor(service, fair),
            **_of_fees(service, fair),
            "need_id": need.public_id,
            "token": visitor.token,
            "badge_id": db.session.scalars(sa.select(Badge).where(Badge.fair_id == fair.id)).first().public_id,
            "gate_code": db.session.scalars(sa.select(Gate).where(Gate.fair_id == fair.id)).first().code,
            "mail_id": service.world.make_mail(fair).public_id,
            "section_id": service.world.make_section(fair).public_id,
            "task_id": service.world.make_task(fair).public_id,
            "template_id": service.world.make_template(fair).public_id,
            "bulk_id": service.world.make_bulk_mail(fair).public_id,
            "kind": "task_reminder",
            "job_id": _order(service, fair),
            "code": db.session.scalars(of_fair[Booth].join(Allocation)).first().code,
        }
        self.parties = {Role.EXHIBITOR_CONTACT: need.buyer.public_id, Role.BUYER: exhibitor.public_id}

    def _of_exhibitor(self, service: Service, fair: Fair) -> dict[str, str]:
        """Return the things of the contact's own exhibitor, so that organizer and contact look at the same."""
        world = service.world
        own = sa.select(Exhibitor).where(Exhibitor.fair_id == fair.id)
        exhibitor = db.session.scalars(
            own.where(Exhibitor.enterprise_id == self._enterprise(fair, Role.EXHIBITOR_CONTACT))
        ).one()
        enterprise = exhibitor.enterprise
        order = world.make_order(exhibitor, world.make_extra(fair), number=9_001)
        return {
            "exhibitor_id": exhibitor.public_id,
            "enterprise_id": enterprise.public_id,
            "duplicate_id": db.session.scalars(own.where(Exhibitor.id != exhibitor.id)).first().enterprise.public_id,
            "order_id": order.public_id,
            "extra_id": order.lines[0].extra.public_id,
            "subsidy_id": world.make_subsidy(exhibitor).public_id,
            "staff_id": world.make_staff(exhibitor).public_id,
            "act_token": world.make_delegation(exhibitor).token,
            "certificate": next(one.code for one in enterprise.capabilities if one.kind == CapabilityKind.CERTIFICATE),
            "machine_id": world.make_machine(enterprise).public_id,
            "customer_id": world.make_customer(enterprise).public_id,
            "product_id": world.make_product(enterprise).public_id,
            "payment_request_id": db.session.scalars(
                sa.select(PaymentRequest).where(PaymentRequest.exhibitor_id == exhibitor.id)
            )
            .first()
            .public_id,
        }

    def _enterprise(self, fair: Fair, role: Role) -> int:
        member = sa.select(Membership).where(Membership.fair_id == fair.id, Membership.role == role)
        return db.session.scalars(member).first().enterprise_id

    def addresses(self, place: Place) -> list[str]:
        """Return the address of a page, and a second one where it has a second face."""
        values = {name: self._value(name, place) for name in place.arguments}
        if place.of_fair:
            values["fair_code"] = "SIE27"
        with self.app.test_request_context():
            address = url_for(place.endpoint, **values)
        variant = VARIANTS.get(place.endpoint)
        if variant is None:
            return [address]
        return [address, f"{address}{variant}{self.values['code'] if variant.endswith('=') else ''}"]

    def _value(self, name: str, place: Place) -> str:
        if name == "other_id":
            return self.parties[place.role]
        if place.endpoint == "security.reset_password":
            with self.app.test_request_context():
                gate = db.session.scalars(sa.select(Account).filter_by(fs_uniquifier=self.sessions[Role.GATE])).one()
                return generate_reset_password_token(gate)
        return self.values[name]
