"""Orders of extras: prices by date, the hard close, the most units, changes, on behalf, by a link."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.exhibitors.service.shared import ExhibitorWithdrawn
from fairapp.fees.extras import ExtraClosed, ExtraNotOffered, TooManyUnits
from fairapp.fees.models import Order, OrderLine
from fairapp.fees.ordering import (
    NoteNeeded,
    NothingOrdered,
    OrderCancelled,
    OrderRefused,
    PriceChanged,
    RestoredTooLate,
)
from fairapp.fees.service import orders as service
from fairapp.mail.models import Mail
from tests.features.counting import count_queries
from tests.features.threads import at_once
from tests.features.world import ACTOR


@pytest.fixture
def scene(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    return world, fair, exhibitor


def place(world, exhibitor, wanted, **values):
    defaults = {"reference": "", "note": "", "seen_total": None, "actor": ACTOR, "now": world.now}
    keys = {extra.public_id: units for extra, units in wanted.items()}
    return service.place(exhibitor.fair_id, exhibitor.public_id, keys, **{**defaults, **values})


def change(world, order, quantities, **values):
    defaults = {"exhibitor_id": order.exhibitor_id, "reference": "", "note": "", "actor": ACTOR, "now": world.now}
    return service.change(order.fair_id, order.public_id, quantities, **{**defaults, **values})


def lines(order_id: int) -> list[tuple[int, int, int]]:
    rows = db.session.execute(
        sa.select(OrderLine.quantity, OrderLine.price, OrderLine.late_percent)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.id)
    )
    return [tuple(row) for row in rows]


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Mail.kind).order_by(Mail.id)))


def test_an_order_keeps_the_price_of_its_moment_and_is_confirmed(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, price=700_000)

    order = place(world, exhibitor, {extra: 3}, reference="PO-7", note="before ten")

    assert (order.number, order.reference, order.note, order.ordered_by) == (1, "PO-7", "before ten", "test")
    assert lines(order.id) == [(3, 700_000, 0)]
    mail = db.session.scalars(sa.select(Mail)).one()
    assert (mail.kind, mail.context["gross"], mail.to) == ("order_placed", 2_310_000, exhibitor.contact_email)


def test_orders_of_a_fair_are_numbered_one_after_the_other(scene):
    world, fair, exhibitor = scene
    extra, other = world.make_extra(fair), world.make_exhibitor(fair)

    assert [place(world, one, {extra: 1}).number for one in (exhibitor, other, exhibitor)] == [1, 2, 3]


def test_the_surcharge_begins_at_its_moment_and_stays_with_the_order(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, late_from=world.now, late_percent=30)

    before = place(world, exhibitor, {extra: 1}, now=world.now - timedelta(seconds=1))
    after = place(world, exhibitor, {extra: 1})

    assert (lines(before.id), lines(after.id)) == ([(1, 1_000_000, 0)], [(1, 1_000_000, 30)])


def test_the_hard_close_is_kept_at_the_moment_of_the_write(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, closes_at=world.now)

    with pytest.raises(OrderRefused) as refused:
        place(world, exhibitor, {extra: 1})

    assert isinstance(refused.value.by_line[extra.public_id], ExtraClosed)
    assert place(world, exhibitor, {extra: 1}, now=world.now - timedelta(seconds=1)).number == 1


def test_every_line_that_cannot_be_ordered_is_named_at_once(scene):
    world, fair, exhibitor = scene
    closed = world.make_extra(fair, closes_at=world.now)
    gone = world.make_extra(fair, offered=False)
    few = world.make_extra(fair, most=2)

    with pytest.raises(OrderRefused) as refused:
        place(world, exhibitor, {closed: 1, gone: 1, few: 3, world.make_extra(fair): 1})

    assert {key: type(one) for key, one in refused.value.by_line.items()} == {
        closed.public_id: ExtraClosed,
        gone.public_id: ExtraNotOffered,
        few.public_id: TooManyUnits,
    }
    assert db.session.scalar(sa.select(sa.func.count(Order.id))) == 0


def test_the_most_units_count_over_all_orders_that_stand(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, most=3)
    first = place(world, exhibitor, {extra: 2})

    with pytest.raises(OrderRefused):
        place(world, exhibitor, {extra: 2})
    service.cancel(fair.id, first.public_id, exhibitor_id=exhibitor.id, actor=ACTOR, now=world.now)

    assert place(world, exhibitor, {extra: 3}).number == 2


def test_two_orders_at_one_moment_do_not_pass_the_most_units(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, most=1)
    key, fair_id, public_id = extra.public_id, fair.id, exhibitor.public_id
    now = world.now

    def order(_number):
        return service.place(
            fair_id, public_id, {key: 1}, reference="", note="", seen_total=None, actor=ACTOR, now=now
        ).number

    assert sorted(at_once(world, 4, order), key=str) == [1, "order_refused", "order_refused", "order_refused"]
    assert db.session.scalar(sa.select(sa.func.sum(OrderLine.quantity))) == 1


def test_two_exhibitors_who_order_at_one_moment_get_two_numbers(scene):
    world, fair, _exhibitor = scene
    key, fair_id, now = world.make_extra(fair).public_id, fair.id, world.now
    several = [world.make_exhibitor(fair).public_id for _one in range(4)]

    def order(number):
        return service.place(
            fair_id, several[number], {key: 1}, reference="", note="", seen_total=None, actor=ACTOR, now=now
        ).number

    assert sorted(at_once(world, 4, order)) == [1, 2, 3, 4]


def test_whoever_agreed_to_one_sum_is_not_charged_another(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, late_from=world.now, late_percent=30)

    with pytest.raises(PriceChanged):
        place(world, exhibitor, {extra: 1}, seen_total=1_100_000)

    assert place(world, exhibitor, {extra: 1}, seen_total=1_430_000).number == 1


def test_nothing_and_extras_of_another_fair_are_not_ordered(scene):
    world, fair, exhibitor = scene
    extra, foreign = world.make_extra(fair), world.make_extra(world.make_fair("VIF27"))

    with pytest.raises(NothingOrdered):
        place(world, exhibitor, {extra: 0})
    with pytest.raises(NotFound):
        place(world, exhibitor, {foreign: 1})


def test_an_exhibitor_that_withdrew_orders_nothing(scene):
    world, fair, _exhibitor = scene
    gone = world.make_exhibitor(fair, withdrawn_at=world.now)

    with pytest.raises(ExhibitorWithdrawn):
        place(world, gone, {world.make_extra(fair): 1})


# Changes


def test_what_stays_keeps_its_price_and_what_is_added_costs_what_it_costs_now(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, late_from=world.now, late_percent=50)
    order = place(world, exhibitor, {extra: 4}, now=world.now - timedelta(days=1))
    line = order.lines[0].id

    change(world, order, {line: 6})
    assert lines(order.id) == [(4, 1_000_000, 0), (2, 1_000_000, 50)]
    change(world, order, {line: 1})
    assert lines(order.id) == [(1, 1_000_000, 0), (2, 1_000_000, 50)]
    assert kinds() == ["order_placed", "order_changed", "order_changed"]


def test_more_at_the_same_price_stays_one_line(scene):
    world, fair, exhibitor = scene
    order = place(world, exhibitor, {world.make_extra(fair): 1})

    change(world, order, {order.lines[0].id: 5})

    assert lines(order.id) == [(5, 1_000_000, 0)]


def test_a_line_of_zero_goes_and_the_last_one_is_cancelled_not_changed(scene):
    world, fair, exhibitor = scene
    order = place(world, exhibitor, {world.make_extra(fair): 1, world.make_extra(fair): 2})
    first, second = (line.id for line in order.lines)

    change(world, order, {first: 0})
    assert lines(order.id) == [(2, 1_000_000, 0)]
    with pytest.raises(NothingOrdered):
        change(world, order, {second: 0})


def test_a_line_that_has_closed_is_neither_changed_nor_cancelled(scene):
    world, fair, exhibitor = scene
    closing, free = world.make_extra(fair, closes_at=world.now), world.make_extra(fair)
    order = place(world, exhibitor, {closing: 2, free: 2}, now=world.now - timedelta(days=1))
    first, second = (line.id for line in order.lines)

    with pytest.raises(OrderRefused):
        change(world, order, {first: 1})
    with pytest.raises(ExtraClosed):
        service.cancel(fair.id, order.public_id, exhibitor_id=exhibitor.id, actor=ACTOR, now=world.now)
    change(world, order, {first: 2, second: 0})

    assert lines(order.id) == [(2, 1_000_000, 0)]


def test_only_the_own_lines_and_the_own_orders_are_changed(scene):
    world, fair, exhibitor = scene
    order = place(world, exhibitor, {world.make_extra(fair): 1})
    other = world.make_exhibitor(fair)

    with pytest.raises(NotFound):
        change(world, order, {order.lines[0].id + 1000: 1})
    with pytest.raises(NotFound):
        change(world, order, {order.lines[0].id: 2}, exhibitor_id=other.id)


def test_a_cancelled_order_comes_back_for_a_quarter_of_an_hour(scene):
    world, fair, exhibitor = scene
    order = place(world, exhibitor, {world.make_extra(fair): 1})
    values = {"exhibitor_id": exhibitor.id, "actor": ACTOR}

    service.cancel(fair.id, order.public_id, **values, now=world.now)
    with pytest.raises(OrderCancelled):
        service.cancel(fair.id, order.public_id, **values, now=world.now)
    assert service.restore(fair.id, order.public_id, **values, now=world.now).cancelled_at is None
    service.cancel(fair.id, order.public_id, **values, now=world.now)
    with pytest.raises(RestoredTooLate):
        service.restore(fair.id, order.public_id, **values, now=world.now + timedelta(minutes=16))


def test_an_undo_does_not_pass_the_most_units(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, most=1)
    first = place(world, exhibitor, {extra: 1})
    service.cancel(fair.id, first.public_id, exhibitor_id=exhibitor.id, actor=ACTOR, now=world.now)
    place(world, exhibitor, {extra: 1})

    with pytest.raises(OrderRefused):
        service.restore(fair.id, first.public_id, exhibitor_id=exhibitor.id, actor=ACTOR, now=world.now)


# The organizer


def test_the_organizer_orders_after_the_close_with_a_note_and_may_waive_the_surcharge(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(
        fair, late_from=world.now - timedelta(days=9), late_percent=40, closes_at=world.now - timedelta(days=1)
    )

    with pytest.raises(NoteNeeded):
        place(world, exhibitor, {extra: 1}, by_organizer=True)
    late = place(world, exhibitor, {extra: 1}, by_organizer=True, note="by phone")
    waived = place(world, exhibitor, {extra: 1}, by_organizer=True, note="our mistake", waive_late=True)

    assert (lines(late.id), lines(waived.id)) == ([(1, 1_000_000, 40)], [(1, 1_000_000, 0)])


def test_the_organizer_cancels_after_the_close_and_what_a_withdrawn_exhibitor_ordered(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, closes_at=world.now)
    order = world.make_order(exhibitor, extra)
    gone = world.make_exhibitor(fair, withdrawn_at=world.now)
    left = world.make_order(gone, world.make_extra(fair))

    values = {"exhibitor_id": None, "by_organizer": True, "actor": ACTOR, "now": world.now}
    with pytest.raises(NoteNeeded):
        service.cancel(fair.id, order.public_id, **values)
    service.cancel(fair.id, order.public_id, note="no power there", **values)
    service.cancel(fair.id, left.public_id, **values)

    assert db.session.get(Order, order.id).note == "no power there"
    assert db.session.scalar(sa.select(sa.func.count()).where(Order.cancelled_at.is_not(None))) == 2


# Pages


def test_an_exhibitor_orders_in_one_go_after_it_has_seen_the_sum(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, late_from=world.now + timedelta(days=9), late_percent=30)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    typed = {f"q_{extra.public_id}": "2", "reference": "PO-9", "note": "two, please"}

    catalogue = client.get("/SIE27/exhibitor/orders/").text
    review = client.post("/SIE27/exhibitor/orders/review", data=typed)
    again = client.post("/SIE27/exhibitor/orders/edit", data=typed).text
    answer = client.post("/SIE27/exhibitor/orders/", data={**typed, "seen_total": "2200000"})
    shown = client.get(answer.headers["Location"]).text

    assert "1,300,000" in catalogue
    assert review.status_code == 200
    assert 'name="seen_total" value="2200000"' in review.text
    assert 'value="PO-9"' in again
    assert answer.status_code == 303
    assert "PO-9" in shown
    assert db.session.scalars(sa.select(Order.note)).all() == ["two, please"]


def test_a_sum_that_has_changed_is_shown_again_before_it_is_charged(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair, late_from=world.now, late_percent=30)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    answer = client.post("/SIE27/exhibitor/orders/", data={f"q_{extra.public_id}": "1", "seen_total": "1100000"})

    assert answer.status_code == 409
    assert "The price has changed in the meantime." in answer.text
    assert 'name="seen_total" value="1430000"' in answer.text


def test_mistakes_stand_beside_their_quantities_and_nothing_typed_is_lost(scene):
    world, fair, exhibitor = scene
    few, closed = world.make_extra(fair, most=2), world.make_extra(fair, closes_at=world.now)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    typed = {f"q_{few.public_id}": "3", f"q_{closed.public_id}": "1", "reference": "PO-11"}

    answer = client.post("/SIE27/exhibitor/orders/review", data=typed)

    assert answer.status_code == 422
    assert f'id="q_{few.public_id}-error"' in answer.text
    assert f'id="q_{closed.public_id}-error"' in answer.text
    assert 'value="PO-11"' in answer.text
    assert client.post("/SIE27/exhibitor/orders/review", data={f"q_{few.public_id}": "many"}).status_code == 422


def test_staff_see_orders_and_place_none(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair)
    client = world.sign_in_as(fair, Role.EXHIBITOR_STAFF, exhibitor.enterprise)

    page = client.get("/SIE27/exhibitor/orders/")

    assert page.status_code == 200
    assert f'name="q_{extra.public_id}"' not in page.text
    assert client.post("/SIE27/exhibitor/orders/", data={f"q_{extra.public_id}": "1"}).status_code == 403


def test_an_order_is_changed_cancelled_and_printed(scene):
    world, fair, exhibitor = scene
    order = place(world, exhibitor, {world.make_extra(fair): 1})
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    url = f"/SIE27/exhibitor/orders/{order.public_id}/"

    changed = client.post(url, data={f"q_{order.lines[0].id}": "3", "reference": "PO-12"})
    pdf = client.get(f"{url}order.pdf")
    cancelled = client.post(f"{url}cancel")
    page = client.get(url).text
    restored = client.post(f"{url}restore")

    assert [one.status_code for one in (changed, cancelled, restored)] == [303, 303, 303]
    assert pdf.data.startswith(b"%PDF")
    assert "Cancelled on" in page
    assert "is cancelled." in page
    assert f'action="{url}restore"' in page


def test_a_firm_with_a_link_orders_and_its_name_stands_on_the_order(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair)
    delegation = world.make_delegation(exhibitor, name="Dàn dựng Bình Minh", may_order=True)
    url = f"/SIE27/act/{delegation.token}/orders/"
    browser = world.visitor()

    assert browser.get(url).status_code == 200
    answer = browser.post(url, data={f"q_{extra.public_id}": "1", "seen_total": "1100000"})

    assert answer.status_code == 303
    assert db.session.scalars(sa.select(Order.ordered_by)).one().startswith("Dàn dựng Bình Minh")


def test_a_revoked_link_orders_nothing(scene):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair)
    delegation = world.make_delegation(exhibitor, revoked_at=world.now)
    url = f"/SIE27/act/{delegation.token}/orders/"

    answer = world.visitor().post(url, data={f"q_{extra.public_id}": "1", "seen_total": "1100000"})

    assert answer.status_code == 410
    assert db.session.scalar(sa.select(sa.func.count(Order.id))) == 0


def test_the_organizer_finds_orders_adds_them_up_and_exports_them(scene):
    world, fair, exhibitor = scene
    extra, other = world.make_extra(fair), world.make_extra(fair)
    place(world, exhibitor, {extra: 2}, reference="PO-1")
    cancelled = place(world, world.make_exhibitor(fair), {extra: 5, other: 1})
    service.cancel(fair.id, cancelled.public_id, exhibitor_id=None, by_organizer=True, actor=ACTOR, now=world.now)
    client = world.sign_in_as(fair, Role.ORGANIZER)

    standing = client.get("/SIE27/organizer/orders/?state=standing").text
    found = client.get("/SIE27/organizer/orders/?q=PO-1").text
    totals = client.get("/SIE27/organizer/orders/extras").text

    assert standing.count("<tr>") == 2
    assert "PO-1" in found
    assert "2,000,000" in totals
    for path in ("orders.xlsx", "orders/extras.xlsx"):
        assert client.get(f"/SIE27/organizer/{path}").data.startswith(b"PK")
    assert client.get("/SIE27/organizer/orders/print").status_code == 200


@pytest.mark.parametrize("path", ["orders/", "orders/extras", "orders/print"])
def test_lists_of_orders_cost_the_same_for_one_and_for_many(scene, path):
    world, fair, exhibitor = scene
    extra = world.make_extra(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    world.make_order(exhibitor, extra)
    counts = []
    for more in (0, 5):
        for _one in range(more):
            world.make_order(world.make_exhibitor(fair), world.make_extra(fair))
        with count_queries(world) as statements:
            assert client.get(f"/SIE27/organizer/{path}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
