"""What somebody without an account finds out about a fair."""

from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.scene import Scene, unique


def test_the_public_finds_an_exhibitor_without_diacritics_and_reads_it_in_four_languages(people: People, scene: Scene):
    exhibitor, _contact = scene.exhibitor("Cơ khí Đại Lộc")
    scene.exhibitor("Nhựa Tân Tiến")
    buyer, _account = scene.buyer()
    title = unique("Nắp che")
    scene.world.make_need(buyer, title={"vi": title, "en": f"{title} (cover)"})
    hall = scene.world.make_hall(scene.fair)
    booth = scene.world.make_booth(hall, "A101")
    scene.allocate(booth, exhibitor)
    name = exhibitor.enterprise.short_name
    page = people.somebody(language="vi")

    page.goto(scene.address("exhibitors/"))
    expect(page.locator("main article")).to_have_count(2)
    page.get_by_role("searchbox").fill("dai loc")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("main article")).to_have_count(1)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.locator("main").get_by_role("link", name="A101").first.click()
    expect(page.locator("main")).to_contain_text(name)
    expect(page.locator(".plan [data-booth=A101]")).to_be_visible()

    page.goto(scene.address("needs/"))
    page.get_by_role("searchbox").fill("nap che")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.goto(scene.address("exhibitors/?q=dai"))
    seen = {page.get_by_role("heading", level=1).inner_text()}
    for code in ("en", "ja", "ko"):
        page.locator(f"header .langs [value={code}]").first.click()
        expect(page.locator("html")).to_have_attribute("lang", code)
        assert page.url.endswith(scene.address("exhibitors/?q=dai")), "the switch keeps the page"
        seen.add(page.get_by_role("heading", level=1).inner_text())
        expect(page.locator("main article")).to_have_count(1)
    assert len(seen) == 4
