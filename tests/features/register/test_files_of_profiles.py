"""Certificates, logos and photos: what is taken, what is refused, who sees it."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.mail.models import Mail
from fairapp.register.service.warning import warn_of_certificates

PROFILE = "/SIE27/exhibitor/profile"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def scene(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    return world, fair, exhibitor, client


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind)
    return target.getvalue()


def pdf() -> bytes:
    import pikepdf

    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target)
    return target.getvalue()


def entry(scene) -> Enterprise:
    return db.session.get(Enterprise, scene[2].enterprise_id, populate_existing=True)


def send(client, path: str, content: bytes, name: str, field: str = "file", **data):
    """Post a form with a file; written by hand, because the test client leaves large ones open."""
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in data.items()]
    head = f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + b"\r\n--edge--\r\n"
    return client.post(f"{PROFILE}{path}", data=body, content_type="multipart/form-data; boundary=edge")


def test_a_logo_is_kept_small_and_shown_to_everybody_while_the_exhibitor_is_listed(scene):
    world, _, exhibitor, client = scene

    assert send(client, "/products/logo", picture(size=(3000, 2000)), "logo.png").status_code == 303
    address = f"/SIE27/enterprises/{entry(scene).public_id}/logo"
    answer = world.visitor().get(address)
    assert Image.open(io.BytesIO(answer.data)).size == (800, 533)
    assert answer.content_type == "image/png"
    assert world.visitor().get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304

    with transaction() as session:
        session.get_one(Exhibitor, exhibitor.id).listed = False
    assert world.visitor().get(address).status_code == 404
    assert client.get(address).status_code == 200, "its own people still see it"
    assert world.sign_in_as(scene[1], Role.ORGANIZER).get(address).status_code == 200
    assert world.sign_in_as(scene[1], Role.BUYER, world.make_enterprise()).get(address).status_code == 404

    client.post(f"{PROFILE}/products/logo/remove")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        (SVG, "logo.svg", 415, "We do not take SVG"),
        (SVG, "logo.png", 415, "We do not take SVG"),
        (pdf(), "logo.jpg", 415, "not what its name says"),
        (picture()[:300], "logo.png", 422, "cannot be read to its end"),
        (picture(size=(400, 20)), "logo.png", 422, "smaller than 32 pixels"),
        (b"", "logo.png", 422, "empty"),
        (b"x" * (11 * 1024 * 1024), "logo.png", 422, "larger than 10 MB"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_clear_sentence(scene, content, name, status, sentence):
    answer = send(scene[3], "/products/logo", content, name)

    assert answer.status_code == status
    assert sentence in answer.text
    assert entry(scene).logo_id is None


@pytest.mark.parametrize("path", ["/products/logo", "/products", "/certificates"])
def test_sixty_megabytes_are_refused_at_the_door(scene, path):
    answer = send(scene[3], path, b"x" * (60 * 1024 * 1024), "big.png")

    assert answer.status_code == 413
    assert "larger than allowed" in answer.text


def test_a_product_comes_with_its_photo_and_moves_up_and_down(scene):
    world, _, _, client = scene
    for name in ("Trục", "Bạc", "Chốt"):
        answer = send(
            client, "/products", picture("JPEG", (4000, 3000)), "photo.jpg", "photo", name_vi=name, text_en="It"
        )
        assert answer.status_code == 303
    first, _, third = entry(scene).products

    client.post(f"{PROFILE}/products/{third.public_id}/up")
    client.post(f"{PROFILE}/products/{first.public_id}/down")
    client.post(f"{PROFILE}/products/{first.public_id}/down")
    client.post(f"{PROFILE}/products/{first.public_id}/down")
    assert [one.name["vi"] for one in entry(scene).products] == ["Chốt", "Bạc", "Trục"]

    photo = world.visitor().get(f"/SIE27/enterprises/{entry(scene).public_id}/products/{first.public_id}/photo")
    assert Image.open(io.BytesIO(photo.data)).size == (1600, 1200)


def test_a_product_that_is_taken_off_comes_back_in_its_place_with_its_photo(scene):
    client = scene[3]
    for name in ("Trục", "Bạc"):
        send(client, "/products", picture("JPEG"), "photo.jpg", "photo", name_vi=name)
    first = entry(scene).products[0]
    photo_id, address = first.photo_id, f"{PROFILE}/products/{first.public_id}"

    client.post(f"{address}/remove")
    assert [one.name["vi"] for one in entry(scene).products] == ["Bạc"]
    client.post(f"{address}/restore")

    back = entry(scene).products[0]
    assert (back.name["vi"], back.photo_id) == ("Trục", photo_id)


def test_a_bad_photo_keeps_what_was_typed(scene):
    answer = send(scene[3], "/products", pdf(), "photo.jpg", "photo", name_vi="Trục bậc", text_vi="Dung sai nhỏ")

    assert answer.status_code == 415
    assert "Trục bậc" in answer.text
    assert "Dung sai nhỏ" in answer.text
    assert "not kept: choose it once more" in answer.text
    assert entry(scene).products == []


def test_there_are_twenty_products_at_most(scene):
    world, _, _, client = scene
    for _ in range(20):
        world.make_product(entry(scene))

    answer = client.post(f"{PROFILE}/products", data={"name_vi": "Một nữa"})

    assert answer.status_code == 409
    assert "20" in answer.text
    assert len(entry(scene).products) == 20


def test_a_certificate_is_entered_once_per_standard_with_its_scan(scene):
    world, fair, _, client = scene
    typed = {"code": "iso_9001", "number": "A-1", "issuer": "BSI", "expires_on": "2029-01-31"}

    assert send(client, "/certificates", pdf(), "iso.jpg", **typed).status_code == 303
    assert client.post(f"{PROFILE}/certificates", data=typed).status_code == 409
    [row] = [one for one in entry(scene).capabilities if one.kind == "certificate"]
    assert (row.number, row.issuer, row.expires_on, row.file.name) == ("A-1", "BSI", date(2029, 1, 31), "iso.pdf")

    address = f"/SIE27/enterprises/{entry(scene).public_id}/certificates/iso_9001"
    assert client.get(f"{PROFILE}/certificates/iso_9001/file").data.startswith(b"%PDF")
    assert world.sign_in_as(fair, Role.ORGANIZER).get(address).data.startswith(b"%PDF")
    assert world.visitor().get(address).status_code == 303
    assert world.sign_in_as(fair, Role.BUYER, world.make_enterprise()).get(address).status_code == 403


def test_a_certificate_past_its_date_is_taken_shown_as_expired_and_does_not_count(scene):
    client = scene[3]

    page = client.post(
        f"{PROFILE}/certificates", data={"code": "iso_9001", "expires_on": "2020-01-31"}, follow_redirects=True
    ).text

    assert "Its last day has passed" in page
    assert 'class="is-past"' in page
    assert "Expired" in page
    assert "A valid certificate" in page, "it is still missing"


def test_a_certificate_that_ends_before_it_begins_is_refused_beside_the_day(scene):
    answer = scene[3].post(
        f"{PROFILE}/certificates", data={"code": "iso_9001", "issued_on": "2026-05-01", "expires_on": "2026-04-30"}
    )

    assert answer.status_code == 422
    assert 'id="expires_on-error"' in answer.text
    assert entry(scene).codes("certificate") == []


def test_a_certificate_comes_back_with_its_scan(scene):
    client = scene[3]
    send(client, "/certificates", pdf(), "iso.pdf", code="iso_9001", number="A-1")

    client.post(f"{PROFILE}/certificates/iso_9001/remove")
    assert entry(scene).codes("certificate") == []
    client.post(f"{PROFILE}/certificates/iso_9001/restore")

    [row] = [one for one in entry(scene).capabilities if one.kind == "certificate"]
    assert row.number == "A-1"
    assert row.file is not None


def test_the_enterprise_is_warned_once_sixty_days_before(scene):
    world, _, exhibitor, client = scene
    today = date(2027, 1, 10)
    for code, days in (("iso_9001", 60), ("iso_14001", 61), ("iatf_16949", -1)):
        world.make_certificate(entry(scene), code, number="A-1", expires_on=today + timedelta(days=days))

    assert warn_of_certificates(today=today, now=world.now) == 1
    assert warn_of_certificates(today=today, now=world.now) == 0
    assert warn_of_certificates(today=today + timedelta(days=1), now=world.now) == 1, "the next one is due"

    world.run_jobs()
    mails = db.session.query(Mail).filter_by(kind="certificates_expire").order_by(Mail.id).all()
    assert [mail.to for mail in mails] == [exhibitor.contact_email] * 2
    assert "ISO 9001" in mails[0].body
    assert "11/03/2027" in mails[0].body
    assert "ISO 14001" not in mails[0].body

    client.post(f"{PROFILE}/certificates/iso_9001", data={"number": "A-1", "expires_on": "2027-03-10"})
    assert warn_of_certificates(today=today, now=world.now) == 1, "a new last day is warned of anew"
