"""The whole way of an exhibitor: from sign-up to accepted, confirmed, paid and published, in two languages."""

import datetime as dt
import io
import re

import pytest
from playwright.sync_api import Page, expect

from fairapp.accounts.policy import Role
from fairapp.fees.schedule import PaymentTerms
from fairapp.fees.vietqr import transfer
from tests.browser.pdf import codes_in, pages_of
from tests.browser.people import PHONE, People, fill
from tests.browser.scene import Scene, tax_code, text_of, unique
from tests.features.applications.filling import ENTERPRISE, PARTICIPATION

PASSWORD = "hoi-cho-2027-thu"
TERMS = PaymentTerms(bank="970436", account="0011001234567", holder="TRUNG TAM XUC TIEN")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_enterprise_goes_the_whole_way_to_paid_and_published(people: People, scene: Scene, language: str):
    fair = scene.make_fair(
        prices={"standard_9": 24_000_000},
        payment=TERMS.to_values(),
        organizer_name={"vi": "Trung tâm Xúc tiến thương mại", "en": "Trade Promotion Center"},
    )
    organizer = scene.world.make_member(fair, Role.ORGANIZER)
    exhibitor = people.somebody(language=language, viewport=PHONE)
    desk = people.signed_in(organizer, language=language)
    address = f"{unique('lan').replace(' ', '')}@dailoc.example"
    name = unique("Cơ khí Đại Lộc")

    sign_up(exhibitor, scene, address, f"/{fair.code}/exhibitor/apply")
    apply(exhibitor, fair.code, name, address)
    upload_the_stamped_form(exhibitor, fair.code)

    # The organizer sees that the form is the right one, and accepts.
    desk.goto(f"/{fair.code}/organizer/applications/?q={name.replace(' ', '+')}")
    desk.get_by_role("link", name=name).click()
    desk.locator("form[action*='/accept'] button").click()
    expect(desk.locator("main .pill").first).to_have_text({"vi": "Đã chấp nhận", "en": "Accepted"}[language])

    # The enterprise confirms that it takes part.
    exhibitor.goto(f"/{fair.code}/exhibitor/")
    exhibitor.locator("form[action*='/exhibitor/confirm'] button").click()
    expect(exhibitor.locator("main .pill").first).to_have_text({"vi": "Đã xác nhận", "en": "Confirmed"}[language])

    reference, amount = ask_for_everything(desk, fair.code, name)
    read_the_payment_request(exhibitor, fair.code, reference, amount)
    import_the_bank_statement(desk, fair.code, reference, amount)

    # Paid, and the exhibitor is told so; the public finds it in the directory.
    exhibitor.goto(f"/{fair.code}/exhibitor/payments/")
    expect(exhibitor.locator("main .stats .pill")).to_have_text({"vi": "Đã thanh toán", "en": "Paid"}[language])
    assert reference in text_of(scene.mail_to(address, about=reference))
    public = people.somebody(language=language)
    public.goto(f"/{fair.code}/exhibitors/?q=dai+loc")
    public.get_by_role("link", name=name).first.click()
    expect(public.locator("h1")).to_contain_text(name)


def sign_up(page: Page, scene: Scene, address: str, then: str) -> None:
    """Sign up, confirm by the link in the mail, and come to the page for which one signed up."""
    page.goto(f"/account/sign-up?next={then}")
    fill(page, full_name="Trần Thị Lan", email=address, password=PASSWORD, password_confirm=PASSWORD)
    page.locator("main form button.primary").first.click()
    expect(page.locator("#toasts")).to_contain_text(address)
    link = re.search(r"http://\S+/account/confirm/\S+", text_of(scene.mail_to(address)))
    page.goto(link[0])
    page.goto(f"/account/sign-in?next={then}")
    fill(page, email=address, password=PASSWORD)
    page.locator("main form button.primary").first.click()
    page.wait_for_url(f"**{then}")


def apply(page: Page, fair: str, name: str, address: str) -> None:
    """Fill in both steps; the first is left and taken up again, with everything that was typed."""
    enterprise = {**ENTERPRISE, "legal_name": f"Công ty TNHH {name}", "tax_code": tax_code()}
    page.locator("details:has([name=processes]) > summary").click()
    fill(page, **enterprise)
    page.locator("main .foot button[value=save]").click()
    page.goto(f"/{fair}/exhibitor/apply")
    kept = {field: page.locator(f"main [name={field}]").input_value() for field in ("legal_name", "tax_code", "ward")}
    assert kept == {field: enterprise[field] for field in kept}
    expect(page.locator("[name=sectors][value=precision_mechanical]")).to_be_checked()
    page.locator("main .foot button[value=next]").click()
    page.wait_for_url(f"**/{fair}/exhibitor/apply/participation")
    consents = [page.locator(f"[name={purpose}]") for purpose in ("processing", "directory", "contact_sharing", "news")]
    assert [box.is_checked() for box in consents] == [False] * 4
    participation = {**PARTICIPATION, "contact_email": address, "processing": True, "directory": True}
    fill(page, **participation)
    page.locator("main .foot button[value=send]").click()
    page.wait_for_url(f"**/{fair}/exhibitor/")


def upload_the_stamped_form(page: Page, fair: str) -> None:
    """Print the form, take a picture of it, and send the picture: its code says which application it is."""
    page.goto(f"/{fair}/exhibitor/application")
    with page.expect_download() as download:
        page.locator("a[href*='application.pdf']").first.click(modifiers=["Alt"])
    form = pages_of(download.value.path().read_bytes())
    picture = io.BytesIO()
    form[0].save(picture, "JPEG")
    page.set_input_files(
        "main [name=scan]", {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.locator("form[action$='/signed-form'] button").click()
    expect(page.locator("#signed ul .pill").first).to_have_class(re.compile("is-done|is-go|is-ok"))


def ask_for_everything(desk: Page, fair: str, name: str) -> tuple[str, int]:
    """Issue a payment request over the whole sum; return its reference and the amount in đồng."""
    desk.goto(f"/{fair}/organizer/exhibitors/?q={name.replace(' ', '+')}")
    page = desk.locator("main tbody a[href*='/organizer/exhibitors/']").first.get_attribute("href")
    desk.goto(f"{page.split('?')[0]}payments/")
    desk.locator("[name=issue-kind]").select_option("full")
    desk.locator("form[action$='/issue'] button.primary").click()
    row = desk.locator("main .choices a[href*='/payments/']").first
    text = row.inner_text()
    reference = re.match(r"\w+", text)[0]
    amount = int(re.search(r"([\d.,]+)\s*₫", text)[1].replace(".", "").replace(",", ""))
    return reference, amount


def read_the_payment_request(page: Page, fair: str, reference: str, amount: int) -> None:
    """The QR code on the paper says the same as our own string: account, amount and reference."""
    page.goto(f"/{fair}/exhibitor/payments/")
    with page.expect_download() as download:
        page.locator("section.pay-now a[href$='request.pdf']").first.click(modifiers=["Alt"])
    wanted = transfer(bank=TERMS.bank, account=TERMS.account, amount=amount, purpose=reference)
    assert wanted in codes_in(download.value.path().read_bytes())


def import_the_bank_statement(desk: Page, fair: str, reference: str, amount: int) -> None:
    """Upload what the bank exports, look at it, and take it over."""
    day = f"{dt.date.today():%d/%m/%Y}"
    head = "Ngày giao dịch;Số tiền ghi có;Nội dung giao dịch"
    rows = "\n".join((head, f"{day};{amount};MBVCB {reference} CK", f"{day};1000000;tien dien"))
    desk.goto(f"/{fair}/organizer/bank/")
    if not desk.locator("main [name=file]").is_visible():
        desk.locator("main details.fold > summary").first.click()
    desk.set_input_files("main [name=file]", {"name": "saoke.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    desk.locator("form:has([name=file]) button").last.click()
    desk.locator("main form button.primary").last.click()
    expect(desk.locator("main table")).to_contain_text(reference)
