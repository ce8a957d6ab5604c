"""A page over all exhibitors costs the same number of queries for a few as for many."""

import itertools

import pytest

from fairapp.accounts.policy import Role
from fairapp.booths import service as booths
from tests.features.counting import count_queries
from tests.features.world import ACTOR, World

NUMBERS = itertools.count(1)
PAGES = (
    "",
    "applications/",
    "exhibitors/",
    "exhibitors/contractors",
    "enterprises/",
    "fees/",
    "orders/",
    "orders/extras",
    "payments/",
    "payments/issue",
    "bank/",
    "e-invoices/",
    "manual/progress/",
    "mails/",
    "mails/bulk/new",
    "badges/",
    "booths/list",
    "catalogue/",
)
PUBLIC = ("exhibitors/", "floor-plan/")


def furnish(world: World, fair, count: int) -> None:
    """Add exhibitors with all that hangs on one."""
    hall = world.make_hall(fair, f"H{next(NUMBERS)}")
    extra = world.make_extra(fair, code=f"power_{next(NUMBERS)}")
    for _ in range(count):
        exhibitor = world.make_exhibitor(fair)
        world.make_machine(exhibitor.enterprise)
        world.make_certificate(exhibitor.enterprise)
        world.make_product(exhibitor.enterprise)
        world.make_staff(exhibitor)
        world.make_staff(exhibitor, kind="contractor", contractor="Dựng gian (giả lập)")
        world.make_order(exhibitor, extra)
        world.make_subsidy(exhibitor)
        world.make_payment(world.make_payment_request(exhibitor))
        world.make_mail(fair, enterprise_id=exhibitor.enterprise_id)
        code = f"{hall.code}{next(NUMBERS)}"
        world.make_booth(hall, code)
        booths.allocate(fair.id, code, exhibitor.public_id, actor=ACTOR, now=world.now)


@pytest.mark.parametrize("page", [*(f"organizer/{name}" for name in PAGES), *PUBLIC])
def test_a_page_over_all_exhibitors_costs_the_same_for_few_and_for_many(sqlite_world, page):
    world = sqlite_world
    fair = world.make_fair()
    world.make_task(fair)
    browser = world.sign_in_as(fair, Role.ORGANIZER)
    furnish(world, fair, 2)
    counts = []
    for more in (1, 7):
        furnish(world, fair, more)
        with count_queries(world) as statements:
            assert browser.get(f"/SIE27/{page}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
