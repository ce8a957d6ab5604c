"""From a part that a buyer looks for to a meeting in two agendas."""

import icalendar
from playwright.sync_api import expect

from tests.browser.people import People, fill
from tests.browser.scene import Scene, unique


def test_a_need_leads_to_a_meeting_that_both_find_in_their_agendas(people: People, scene: Scene):
    scene.world.make_grid(scene.fair, slots=3, tables=2)
    exhibitor, exhibitor_account = scene.exhibitor("Nhựa kỹ thuật")
    buyer, buyer_account = scene.buyer("Điện tử Sao Khuê")
    title = unique("Vỏ nhựa ABS")
    buying, making, desk = (people.signed_in(one) for one in (buyer_account, exhibitor_account, scene.organizer()))

    # The buyer posts a need.
    buying.goto(scene.address("buyer/needs/"))
    buying.get_by_role("link", name="Post a need").first.click()
    fill(buying, title_vi=title, process_code="injection_moulding", monthly_quantity="20000")
    buying.get_by_role("button", name="Post the need").click()
    expect(buying.locator("main table")).to_contain_text(title)

    # The exhibitor finds it and asks for a meeting about it.
    making.goto(scene.address("exhibitor/needs/"))
    making.get_by_role("link", name=title).first.click()
    making.get_by_role("link", name="ask for a meeting").click()
    fill(making, message="Chúng tôi có máy 350 tấn.")
    making.get_by_role("button", name="Ask for the meeting").click()
    expect(making.locator("main")).to_contain_text(buyer.enterprise.short_name)

    # The buyer accepts, the organizer schedules.
    buying.goto(scene.address("meetings/"))
    expect(buying.locator("main")).to_contain_text("Chúng tôi có máy 350 tấn.")
    buying.get_by_role("button", name="Accept", exact=True).click()
    expect(buying.locator("main .pill", has_text="Accepted")).to_be_visible()
    desk.goto(scene.address("organizer/meetings/"))
    desk.get_by_role("button", name="Schedule the requests").click()
    expect(desk.locator("table.grid")).to_contain_text(buyer.enterprise.short_name)
    expect(desk.locator("table.grid")).to_contain_text(exhibitor.enterprise.short_name)

    # Both see it: on the page, in their calendar, on paper.
    scene.mail_to(exhibitor.contact_email, about="agenda")
    for page, other in ((buying, exhibitor.enterprise), (making, buyer.enterprise)):
        page.goto(scene.address("meetings/agenda"))
        expect(page.locator("table.agenda")).to_contain_text(other.legal_name)
        expect(page.locator("table.agenda")).to_contain_text(title)
        with page.expect_download() as download:
            page.get_by_role("link", name="Calendar file").click()
        calendar = icalendar.Calendar.from_ical(download.value.path().read_bytes())
        (event,) = calendar.walk("VEVENT")
        assert other.legal_name in event["SUMMARY"] or (other.short_name or "") in event["SUMMARY"]
        assert event.decoded("DTEND") > event.decoded("DTSTART")
        page.get_by_role("link", name="Print").click()
        page.wait_for_url("**/meetings/agenda/print")
        page.emulate_media(media="print")
        expect(page.locator("table.agenda")).to_contain_text(other.legal_name)
        expect(page.get_by_role("button", name="Print")).to_be_hidden()
