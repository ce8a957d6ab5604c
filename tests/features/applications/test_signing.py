"""The form is printed, signed, stamped, and comes back."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image, ImageDraw

from fairapp import qr
from fairapp.accounts.policy import Role
from fairapp.applications.codes import find_codes
from fairapp.applications.models import Application, SignedForm
from fairapp.database import db
from tests.features.applications.filling import OLD, apply, second

UPLOAD = "/SIE27/exhibitor/application/signed-form"


def applicant(world, **changes):
    world.make_fair()
    client = world.sign_in(world.make_account())
    apply(client, **changes)
    return client


def photo(text, kind="PNG"):
    modules = qr.matrix(text)
    picture = Image.new("L", (len(modules) * 4 + 200, len(modules) * 4 + 200), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                pen.rectangle((100 + x * 4, 100 + y * 4, 103 + x * 4, 103 + y * 4), fill=0)
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()


def upload(client, content, name="scan.png"):
    # Written by hand: the test client would lay a large body into a file that it never closes.
    head = f'--limit\r\nContent-Disposition: form-data; name="scan"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + b"\r\n--limit--\r\n"
    return client.post(UPLOAD, data=body, content_type="multipart/form-data; boundary=limit")


def code(client):
    return find_codes(client.get("/SIE27/exhibitor/application.pdf").data)[0]


@pytest.mark.parametrize(("language", "words"), [("vi", "vi"), ("en", "en"), ("xx", "vi")])
def test_the_form_is_a_pdf_that_carries_its_code(sqlite_world, language, words):
    client = applicant(sqlite_world)

    answer = client.get(f"/SIE27/exhibitor/application.pdf?language={language}")

    application = db.session.scalar(sa.select(Application))
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert find_codes(answer.data) == [f"SIE27/APPLICATION/{application.public_id.upper()}/1"]
    assert f"/Lang ({words})".encode() in answer.data or b"/Lang" not in answer.data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_the_right_form_is_matched_by_its_code(world, kind):
    client = applicant(world)

    answer = upload(client, photo(code(client), kind), f"scan.{kind.lower()}")

    assert (answer.status_code, answer.location) == (303, "/SIE27/exhibitor/application#signed")
    application = db.session.scalar(sa.select(Application))
    assert (application.scan_state, application.scan is not None) == ("matched", True)


def test_a_form_from_before_the_last_sending_is_kept_and_said_to_be_older(sqlite_world):
    client = applicant(sqlite_world)
    before = code(client)
    apply(client, where=OLD, processing="")

    upload(client, photo(before))

    application = db.session.scalar(sa.select(Application))
    assert (application.scan_state, [one.number for one in application.signed_forms]) == ("older", [1])
    assert "Form of an older version" in client.get("/SIE27/exhibitor/application").text


def test_sending_again_makes_a_signed_form_older(sqlite_world):
    client = applicant(sqlite_world)
    upload(client, photo(code(client)))

    apply(client, where=OLD, processing="")

    assert db.session.scalar(sa.select(Application.scan_state)) == "older"


def test_the_browser_is_told_how_large_a_file_may_be_before_it_travels(sqlite_world):
    page = applicant(sqlite_world).get("/SIE27/exhibitor/application").text

    scan = page[page.index('name="scan"') - 400 : page.index('name="scan"') + 400]
    assert 'data-most="20"' in scan
    assert 'data-large="The file is larger than 20 MB."' in scan


def test_a_form_whose_code_cannot_be_read_is_kept_for_somebody_to_look_at(sqlite_world):
    client = applicant(sqlite_world)
    target = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(target, "JPEG")

    answer = upload(client, target.getvalue(), "photo.jpg")

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(Application.scan_state)) == "unreadable"


def test_the_form_of_another_application_is_refused_with_an_explanation(world):
    client = applicant(world)
    other = world.sign_in(world.make_account())
    apply(other, tax_code="0100112437", legal_name="Sao Mai")

    answer = upload(client, photo(code(other)))

    assert answer.status_code == 422
    assert 'id="scan-error"' in answer.text
    assert "belongs to another application" in answer.text
    assert db.session.scalar(sa.select(SignedForm.id)) is None


def test_the_form_of_another_fair_is_refused_with_its_name(sqlite_world):
    client = applicant(sqlite_world)
    sqlite_world.make_fair("VIF27")

    answer = upload(client, photo(code(client).replace("SIE27", "VIF27")))

    assert answer.status_code == 422
    assert "VIF27" in answer.text


def test_a_form_of_another_application_is_refused_with_the_second_step_too(sqlite_world):
    client = applicant(sqlite_world)
    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    answer = apply(
        stranger, tax_code="0100112437", legal_name="Sao Mai", contact_phone="1",
        scan=(io.BytesIO(photo(code(client))), "scan.png"),
    )  # fmt: skip

    assert answer.status_code == 422
    assert ['id="scan-error"' in answer.text, 'id="contact_phone-error"' in answer.text] == [True, True]


def test_the_form_may_come_along_when_the_application_is_sent_again(sqlite_world):
    client = applicant(sqlite_world)
    scan = (io.BytesIO(photo(code(client))), "scan.png")
    apply(client, where=OLD, processing="")

    second(client, where=OLD, processing="", scan=scan)

    application = db.session.scalar(sa.select(Application))
    assert (application.scan_state, len(application.submissions), len(application.signed_forms)) == ("older", 3, 1)


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        (b"MZ this is a program", "scan.pdf", 415, "not what its name says"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "scan.png", 415, "not what its name says"),
        (b"%PDF-1.7 torn", "scan.pdf", 422, "cannot be read to its end"),
        (b"", "scan.pdf", 422, "empty"),
        (b"x" * (21 * 1024 * 1024), "scan.pdf", 422, "larger than 20 MB"),
    ],
)
def test_an_upload_is_what_its_content_says(sqlite_world, content, name, status, sentence):
    answer = upload(applicant(sqlite_world), content, name)

    assert answer.status_code == status
    assert 'id="scan-error"' in answer.text
    assert sentence in answer.text


def test_sixty_megabytes_are_refused_before_they_are_read(sqlite_world):
    client = applicant(sqlite_world)

    answer = upload(client, b"x" * (60 * 1024 * 1024), "scan.pdf")

    assert answer.status_code == 413
    assert "larger than allowed" in answer.text


def test_a_pdf_by_another_name_is_kept_as_the_pdf_that_it_is(sqlite_world):
    client = applicant(sqlite_world)

    upload(client, photo(code(client), "PDF"), "scan.jpg")

    file = db.session.scalar(sa.select(Application)).scan
    assert (file.name, file.content_type) == ("scan.pdf", "application/pdf")


def test_earlier_forms_stay_and_are_read_by_their_own_people_only(sqlite_world):
    client = applicant(sqlite_world)
    for kind in ("PNG", "JPEG"):
        upload(client, photo(code(client), kind), f"scan.{kind.lower()}")
    fair = db.session.scalar(sa.select(Application)).fair
    stranger = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, sqlite_world.make_exhibitor(fair).enterprise)
    page = client.get("/SIE27/exhibitor/application").text

    signed = db.session.scalars(sa.select(SignedForm).order_by(SignedForm.id)).all()
    urls = [f"/SIE27/exhibitor/application/signed-forms/{one.public_id}" for one in signed]
    assert [url in page for url in urls] == [True, True]
    assert [client.get(url).status_code for url in urls] == [200, 200]
    assert [stranger.get(url).status_code for url in urls] == [404, 404]


def test_an_application_from_a_file_has_no_form_to_print(sqlite_world):
    fair = sqlite_world.make_fair()
    application = sqlite_world.make_application(fair)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, application.enterprise)

    assert contact.get("/SIE27/exhibitor/application.pdf").location == "/SIE27/exhibitor/application"
    assert "as soon as you have sent the application here" in contact.get("/SIE27/exhibitor/application").text
