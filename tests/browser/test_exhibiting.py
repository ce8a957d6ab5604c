"""From an enterprise without an account to an exhibitor with a booth and badges."""

import re

import sqlalchemy as sa
from playwright.sync_api import expect

from fairapp.badges.models import Badge
from fairapp.database import db
from tests.browser.pdf import codes_in, pages_of
from tests.browser.people import People, fill
from tests.browser.scene import Scene, tax_code, text_of, unique

PASSWORD = "hoi-cho-2027-thu"


def test_an_enterprise_signs_up_applies_chooses_booths_and_is_accepted(people: People, scene: Scene):
    hall = scene.world.make_hall(scene.fair)
    scene.world.make_booth(hall, "A101")
    scene.world.make_booth(hall, "A102", x=9)
    address, name, code = f"{unique('lan').replace(' ', '')}@coky.example", unique("Cơ khí Đại Lộc"), tax_code()
    page = people.somebody()

    # Sign up, and confirm by the link in the mail.
    page.goto("/account/sign-up")
    fill(page, full_name="Trần Thị Lan", email=address, password=PASSWORD, password_confirm=PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator("#toasts")).to_contain_text(address)
    link = re.search(r"http://\S+/account/confirm/\S+", text_of(scene.mail_to(address)))
    page.goto(link[0])
    page.goto(f"/account/sign-in?next={scene.address('exhibitor/apply')}")
    fill(page, email=address, password=PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{scene.address('exhibitor/apply')}")

    # The first step with a wrong check digit: the error is beside the field and nothing is lost.
    wrong = code[:9] + str((int(code[9]) + 1) % 10)
    written = {
        "legal_name": f"Công ty TNHH {name}",
        "tax_code": wrong,
        "representative": "Trần Văn Đức",
        "representative_title": "Giám đốc",
        "address": "Lô CN3",
        "industrial_park": "KCN Thăng Long",
        "ward": "Xã Thiên Lộc",
        "province": "Hà Nội",
        "established": "2008",
        "employees": "120",
        "main_products_vi": "Trục, bánh răng",
    }
    page.locator("details:has([name=processes]) > summary").click()
    fill(page, **written, legal_form={"index": 1}, ownership={"index": 1}, supply_kind={"index": 1})
    fill(page, sectors=["precision_mechanical"], processes=["cnc_turning"])
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.get_by_role("button", name="Check and go on").click()
    expect(page.locator("#tax_code-error")).to_contain_text("tenth digit")
    expect(page.locator("[name=tax_code]")).to_have_attribute("aria-describedby", re.compile("tax_code-error"))
    kept = {field: page.locator(f"[name={field}]").input_value() for field in written}
    assert kept == {**written, "province": "Ha Noi"}
    expect(page.locator("[name=sectors][value=precision_mechanical]")).to_be_checked()
    expect(page.locator("[name=processes][value=cnc_turning]")).to_be_checked()

    # Correct it, go on, send, and name the booths one would like.
    fill(page, tax_code=code)
    page.get_by_role("button", name="Check and go on").click()
    page.wait_for_url(f"**{scene.address('exhibitor/apply/participation')}")
    fill(page, fascia_name="ĐẠI LỘC", contact_phone="0912 345 678")
    assert (
        page.locator("[name=processing], [name=directory], [name=news]").evaluate_all(
            "boxes => boxes.filter(box => box.checked).length"
        )
        == 0
    )
    fill(page, processing=True, directory=True)
    page.get_by_role("button", name="Send the application").last.click()
    page.wait_for_url(f"**{scene.address('exhibitor/')}")
    page.goto(scene.address("exhibitor/booth/"))
    fill(page, choice_1="A102", choice_2="A101")
    page.get_by_role("button", name="Send the choices").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    expect(page.locator("[name=choice_1]")).to_have_value("A102")

    # The organizer accepts, and the enterprise hears of it.
    desk = people.signed_in(scene.organizer())
    desk.goto(scene.address("organizer/applications/"))
    desk.get_by_role("link", name=name).click()
    desk.get_by_role("button", name="Accept the application").click()
    expect(desk.locator("main .pill").first).to_have_text("Accepted")
    assert name in text_of(scene.mail_to(address, about="accept"))
    desk.goto(scene.address("organizer/mails/"))
    expect(desk.locator("main table")).to_contain_text(address)


def test_the_organizer_allocates_on_the_plan_and_a_slower_one_is_told_who_was_first(people: People, scene: Scene):
    scene.world.make_booth(scene.world.make_hall(scene.fair), "A101")
    first_exhibitor, _contact = scene.exhibitor("Đúc")
    second_exhibitor, _contact = scene.exhibitor("Mạ")
    quick_account, slow_account = scene.organizer(), scene.organizer()
    quick, slow = people.signed_in(quick_account), people.signed_in(slow_account)
    for page in (quick, slow):
        page.goto(scene.address("organizer/booths/"))
        page.evaluate("() => { window.notReloaded = true; }")
        page.locator("[data-booth=A101]").click()
        expect(page.locator("#panel h2")).to_have_text("A101")
        assert page.evaluate("() => window.notReloaded"), "the panel came with the whole page"

    quick.locator(f"#panel [name=exhibitor][value='{first_exhibitor.public_id}']").check()
    quick.get_by_role("button", name="Allocate booth A101").click()
    expect(quick.locator("#toasts")).to_contain_text("A101")
    expect(quick.locator("[data-booth=A101]")).to_have_class(re.compile("b-allocated"))

    slow.locator(f"#panel [name=exhibitor][value='{second_exhibitor.public_id}']").check()
    with slow.expect_response(lambda answer: "/allocate" in answer.url) as answer:
        slow.get_by_role("button", name="Allocate booth A101").click()
    assert answer.value.status == 409
    said = slow.get_by_text("Booth A101 went to")
    expect(said).to_contain_text(first_exhibitor.enterprise.legal_name)
    expect(said).to_contain_text(f"by {quick_account.full_name} at ")


def test_exhibitor_staff_get_badges_and_the_organizer_prints_all_at_once(people: People, scene: Scene):
    _exhibitor, contact = scene.exhibitor("Khuôn mẫu")
    page = people.signed_in(contact)
    page.goto(scene.address("exhibitor/staff/"))
    names = ["Nguyễn Thị Phương Thảo", "田中 健太郎", "김민재"]
    for name in names:
        fill(page, full_name=name, position="Kỹ sư")
        page.get_by_role("button", name="Put on the list").click()
        expect(page.locator("main table")).to_contain_text(name)
    row = page.get_by_role("row").filter(has_text=names[0])
    with page.expect_download() as download:
        row.get_by_role("link", name="Badge of").click(modifiers=["Alt"])
    own = download.value.path().read_bytes()
    assert len(pages_of(own)) == 1
    assert codes_in(own) == [_credential(scene, names[0])]

    desk = people.signed_in(scene.organizer())
    desk.goto(scene.address("organizer/badges/"))
    desk.get_by_role("button", name="Print all badges").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name=re.compile("^Download")).click()
    every = codes_in(download.value.path().read_bytes())
    db.session.rollback()
    issued = db.session.scalars(sa.select(Badge.credential).where(Badge.fair_id == scene.fair.id)).all()
    assert sorted(every) == sorted(issued)
    assert {_credential(scene, name) for name in names} <= set(every)


def _credential(scene: Scene, name: str) -> str:
    db.session.rollback()
    wanted = sa.select(Badge.credential).where(Badge.fair_id == scene.fair.id, Badge.full_name == name)
    return db.session.scalars(wanted).one()
