"""The exhibitor manual from the empty page to an answered checklist, and a mail to those who are late."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.people import People, fill
from tests.browser.scene import Scene, text_of, unique


def test_the_manual_is_begun_answered_returned_and_those_who_are_late_are_written_to(people: People, scene: Scene):
    exhibitor, contact = scene.exhibitor(unique("Nhựa Tân Tiến"))
    title, late = {"en": "Send the price list", "vi": "Gửi bảng giá"}, scene.world.now - timedelta(days=1)
    scene.world.make_task(scene.fair, title=title, deadline=late)
    desk, page = people.signed_in(scene.organizer()), people.signed_in(contact)

    # The exhibitor answers where the task stands.
    page.goto(scene.address("exhibitor/manual/"))
    expect(page.locator("main")).to_contain_text("1 task is late")
    task = page.get_by_role("listitem").filter(has_text="Send the price list")
    task.get_by_text("Answer", exact=True).click()
    task.get_by_role("textbox").fill("Next week")
    task.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("1 of 1 done")
    expect(page.locator("main")).to_contain_text("after the deadline")

    # The organizer sends it back with a reason; the exhibitor reads it.
    desk.goto(scene.address(f"organizer/exhibitors/{exhibitor.public_id}/manual"))
    desk.get_by_text("Return", exact=True).click()
    desk.get_by_label("What must be changed").fill("We need it today")
    desk.get_by_role("button", name="Return with this reason").click()
    expect(desk.locator("#toasts")).to_contain_text("Returned")
    page.reload()
    expect(page.locator("main")).to_contain_text("We need it today")

    # A mail to those who are late: what was typed stays while the list is narrowed.
    desk.goto(scene.address("organizer/manual/progress/"))
    desk.get_by_role("link", name="Write to those who are late").click()
    fill(desk, subject_vi="{fair_code}: gấp", body_vi="Kính gửi {name},\n\n{tasks}\n{link}")
    desk.locator("details.more-filters > summary").click()
    desk.get_by_role("combobox", name="Booth or not").select_option("none")
    expect(desk.locator("input[name=booth]")).to_have_value("none")
    expect(desk.locator("input[name=keep]")).to_have_count(1)
    expect(desk.locator("[name=subject_vi]")).to_have_value("{fair_code}: gấp")
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator("#preview")).to_contain_text("Gửi bảng giá")
    desk.get_by_role("button", name="Send to 1 recipient").click()
    expect(desk.locator("#toasts")).to_contain_text("on its way")
    mail = scene.mail_to(exhibitor.contact_email, about=f"{scene.fair.code}: gấp")
    assert "- Gửi bảng giá" in text_of(mail)

    # The log of the exhibitor has it, with a text for Zalo.
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(scene.address(f"organizer/exhibitors/{exhibitor.public_id}/mails"))
    row = desk.get_by_role("listitem").filter(has_text=re.compile("gấp"))
    row.get_by_role("button", name="Copy text for Zalo").click()
    expect(row.get_by_role("button", name="Copied")).to_be_visible()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n").startswith(f"{scene.fair.code}: gấp\n\nKính gửi ")
