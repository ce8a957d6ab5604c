"""Every route × every role × own, same-fair and other-fair object: made from the URL map."""

import functools
from typing import Any

import pytest
import sqlalchemy as sa

from fairapp.accounts.models import SavedView
from fairapp.accounts.policy import Audience, Role
from fairapp.applications.models import Application, Remark
from fairapp.applications.queries import find_application
from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.web.access import find_policy
from tests.conftest import settings
from tests.features.world import World

KINDS = {
    "version": {"own": "0" * 12},
    "colour": {"own": "0b6e4f"},
    "number": {"own": "1"},
    "scheme": {"own": "light"},
    "kind": {"own": "task_reminder"},
}

WITHOUT_FILE = {
    "exhibitor_import.export_errors",
    "site.show_logo",
    "site.show_photo",
    "jobs.download_outcome",
    "applications.download_scan",
    "mail.download_attachment",
    "exhibitor_manual.download_answer",
    "exhibitor_manual.download_section_file",
    "manual.download_section_file",
    "manual_progress.download_answer",
    "profile_certificates.download_own_certificate",
    "register_files.download_certificate",
    "register_files.show_logo",
    "register_files.show_photo",
}
"""What these answer with is not in the scene."""


@functools.cache
def rules() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return endpoint, method and arguments of our own routes."""
    import pathlib

    from fairapp import create_app

    app = create_app(settings("sqlite:///:memory:", pathlib.Path("unused")))
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.startswith("security."):
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            found.append((rule.endpoint, method, tuple(sorted(rule.arguments - {"fair_code"}))))
    return sorted(found)


def build(world: World) -> dict[str, Any]:
    """Two fairs; in the first an own and another exhibitor and buyer."""
    fair, other_fair = world.make_fair("SIE27"), world.make_fair("VIF27")
    things: dict[str, dict[str, str]] = {}
    enterprises, bodies = {}, {}
    for place, of_fair in (("own", fair), ("same", fair), ("other", other_fair)):
        suffix = {"own": "1", "same": "2", "other": "3"}[place]
        enterprise, buying = world.make_enterprise(), world.make_enterprise()
        pavilion = world.make_pavilion(of_fair)
        exhibitor = world.make_exhibitor(of_fair, enterprise, pavilion_id=pavilion.id)
        application = find_application(of_fair.id, enterprise.id)
        body = bodies[place] = world.make_body(of_fair)
        send_by(body, application, exhibitor)
        buyer = world.make_buyer(of_fair, buying)
        need = world.make_need(buyer)
        hall = world.make_hall(of_fair, "ABC"[int(suffix) - 1])
        booth = world.make_booth(hall, f"{hall.code}10{suffix}")
        visitor = world.make_visitor(of_fair)
        enterprises[place] = (enterprise, buying)
        member = world.make_member(of_fair, Role.GATE)
        values = {
            "enterprise_id": enterprise.public_id,
            "application_id": application.public_id,
            "signed_form_id": world.make_signed_form(application).public_id,
            "exhibitor_id": exhibitor.public_id,
            "staff_id": world.make_staff(exhibitor).public_id,
            "access_id": world.make_member(of_fair, Role.EXHIBITOR_STAFF, enterprise).memberships[0].public_id,
            "delegation_id": world.make_delegation(exhibitor).public_id,
            "co_exhibitor_id": world.make_co_exhibitor(exhibitor).public_id,
            "proposal_id": world.make_proposal(exhibitor).public_id,
            "pavilion_id": pavilion.public_id,
            "act_token": world.make_delegation(exhibitor).token,
            "extra_id": (extra := world.make_extra(of_fair)).public_id,
            "order_id": world.make_order(exhibitor, extra).public_id,
            "subsidy_id": world.make_subsidy(exhibitor).public_id,
            "adjustment_id": world.make_adjustment(exhibitor).public_id,
            "payment_request_id": (asked := world.make_payment_request(exhibitor)).public_id,
            "payment_id": world.make_payment(asked).public_id,
            "e_invoice_id": world.make_e_invoice(asked).public_id,
            "file_id": (bank_file := world.make_bank_file(of_fair)).public_id,
            "bank_line_id": world.make_bank_line(of_fair, bank_file).public_id,
            "need_id": need.public_id,
            "code": booth.code,
            "token": visitor.token,
            "badge_id": world.make_badge(visitor).public_id,
            "gate_code": world.make_gate(of_fair, f"G{suffix}").code,
            "mail_id": world.make_mail(of_fair).public_id,
            "section_id": world.make_section(of_fair).public_id,
            "task_id": world.make_task(of_fair).public_id,
            "template_id": world.make_template(of_fair, name=f"Gates {place}").public_id,
            "bulk_id": world.make_bulk_mail(of_fair).public_id,
            "job_id": world.make_job(of_fair).public_id,
            "member_id": member.memberships[0].public_id,
            "request_id": world.make_request(buyer, exhibitor).public_id,
            "machine_id": world.make_machine(enterprise).public_id,
            "customer_id": world.make_customer(enterprise).public_id,
            "product_id": world.make_product(enterprise).public_id,
            "certificate": world.make_certificate(enterprise, f"iso_{9001 if suffix == '1' else 14001}").code,
            "duplicate_id": buying.public_id,
            "merge_id": world.make_merge(enterprise).public_id,
            "body_id": body.public_id,
            "note_id": world.make_remark(application).public_id,
            "import_id": world.make_import(of_fair).public_id,
            "view_id": world.make_view(of_fair, member).public_id,
            "exhibitor": exhibitor.public_id,
            "buyer": buyer.public_id,
        }
        for name, value in values.items():
            things.setdefault(name, {})[place] = value
    return {
        "fair": fair,
        "other_fair": other_fair,
        "things": things,
        "enterprises": enterprises,
        "bodies": bodies,
    }


def send_by(body: Any, application: Any, exhibitor: Any) -> None:
    """Let a co-organizer have sent an application and the exhibitor that came of it."""
    with transaction() as session:
        session.get_one(Application, application.id).co_organizer_id = body.id
        session.get_one(Exhibitor, exhibitor.id).co_organizer_id = body.id


def hand_over(scene: dict[str, Any], account: Any) -> None:
    """Give what belongs to accounts, in the own place, to one."""
    with transaction() as session:
        for model, kind in ((Remark, "note_id"), (SavedView, "view_id")):
            own = session.scalar(sa.select(model).where(model.public_id == scene["things"][kind]["own"]))
            own.account_id = account.id


def clients(world: World, scene: dict[str, Any], fair: Any) -> dict[Role, Any]:
    enterprise, buying = scene["enterprises"]["own"]
    of_role = {Role.EXHIBITOR_CONTACT: enterprise, Role.EXHIBITOR_STAFF: enterprise, Role.BUYER: buying}
    body = scene["bodies"]["own" if fair is scene["fair"] else "other"]
    found = {}
    for role in Role:
        member = world.make_member(fair, role, of_role.get(role), body=body if role is Role.CO_ORGANIZER else None)
        if role is Role.ORGANIZER and fair is scene["fair"]:
            hand_over(scene, member)
        found[role] = world.sign_in(member)
    return found


def address(
    world: World, scene: dict[str, Any], endpoint: str, arguments: tuple[str, ...], place: str, role: Role | None
) -> str:
    values = {}
    for name in arguments:
        kind = name
        if name == "other_id":
            kind = "exhibitor" if role is Role.BUYER else "buyer"
            # Whom one asks is never oneself: a stranger of the same fair is the usual case.
            values[name] = scene["things"][kind]["same" if place == "own" else place]
            continue
        choices = KINDS.get(kind) or scene["things"][kind]
        values[name] = choices.get(place, choices["own"])
    with world.app.test_request_context():
        from flask import url_for

        if world.app.url_map.is_endpoint_expecting(endpoint, "fair_code"):
            values["fair_code"] = "SIE27"
        return url_for(endpoint, **values)


def ask(client: Any, method: str, url: str) -> int:
    if endpoint_wants_json(url):
        return client.post(url, json={}).status_code
    return client.open(url, method=method).status_code


def endpoint_wants_json(url: str) -> bool:
    return url.endswith("/scans")


def test_every_route_states_its_policy(sqlite_app):
    silent = [endpoint for endpoint in sqlite_app.view_functions if find_policy(sqlite_app, endpoint) is None]

    assert silent == []


def test_every_argument_of_a_route_is_an_object_that_the_matrix_knows(sqlite_world):
    known = set(build(sqlite_world)["things"]) | set(KINDS) | {"other_id"}

    assert {name for _endpoint, _method, names in rules() for name in names} <= known


@pytest.mark.parametrize(("endpoint", "method", "arguments"), rules(), ids=lambda value: str(value))
def test_a_route_lets_in_whom_its_policy_names_and_nobody_else(sqlite_world, endpoint, method, arguments):
    world = sqlite_world
    scene = build(world)
    policy = find_policy(world.app, endpoint)
    here = clients(world, scene, scene["fair"])
    elsewhere = clients(world, scene, scene["other_fair"])
    nobody, stranger = world.visitor(), world.sign_in(world.make_account())
    of_fair = world.app.url_map.is_endpoint_expecting(endpoint, "fair_code")
    allowed = [role for role in Role if role in policy.roles or policy.audience is not Audience.ROLES]

    url = address(world, scene, endpoint, arguments, "own", None)
    if policy.audience is not Audience.PUBLIC:
        assert ask(nobody, method, url) in (303, 401)
    if policy.audience is Audience.ROLES:
        assert ask(stranger, method, url) == 403
        for role in Role:
            role_url = address(world, scene, endpoint, arguments, "own", role)
            if role not in policy.roles:
                assert ask(here[role], method, role_url) == 403, role
            assert ask(elsewhere[role], method, role_url) == 403, f"{role} of another fair"

    owned = {"enterprise_id", "staff_id", "request_id", "machine_id", "customer_id", "product_id", "certificate"}
    owned |= {"signed_form_id"}
    owned |= {"need_id"} if endpoint.startswith("my_needs.") else set()
    owned |= {"payment_request_id", "access_id", "delegation_id", "co_exhibitor_id", "proposal_id"}
    if "act_token" in arguments:
        owned = set()  # a link opens the things of its own exhibitor, whoever holds it
    owned |= {"order_id"} if endpoint.startswith("exhibitor_orders.") else set()
    of_body = owned | {"application_id", "exhibitor_id", "note_id", "view_id"}
    if policy.audience is Audience.PUBLIC:
        of_body = owned  # what everybody may see of an exhibitor, co-organizers see too
    for role in allowed:
        if of_fair and set(arguments) - set(KINDS):
            foreign = address(world, scene, endpoint, arguments, "other", role)
            assert ask(here[role], method, foreign) in (400, 404), f"{role}: object of another fair"
        if (of_body if role is Role.CO_ORGANIZER else owned) & set(arguments) and role is not Role.ORGANIZER:
            strange = address(world, scene, endpoint, arguments, "same", role)
            assert ask(here[role], method, strange) == 404, f"{role}: somebody else's object"

    role = allowed[0] if allowed else None
    own = address(world, scene, endpoint, arguments, "own", role)
    if endpoint in WITHOUT_FILE:
        assert ask(here[role], method, own) == 404  # there is no file in this scene
    elif policy.audience is Audience.PUBLIC:
        assert ask(nobody, method, own) not in (401, 403, 404, 500)
    else:
        assert ask(here[role], method, own) not in (401, 403, 404, 500)
