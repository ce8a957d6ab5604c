"""The code on the printed form, and what comes back."""

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from fairapp import qr
from fairapp.applications.codes import find_codes
from fairapp.applications.scans import (
    FormCode,
    ScanOfAnother,
    ScanOfAnotherFair,
    ScanState,
    Verdict,
    judge,
    read_code,
    write_code,
)

OWN = FormCode(fair_code="SIE27", application_id="abcdefgh2345", number=2)


def judged(*codes, number=2):
    texts = [write_code(code) if isinstance(code, FormCode) else code for code in codes]
    return judge(texts, fair_code="SIE27", application_id="abcdefgh2345", number=number)


def drawn(text, *, scale=4, turned=0):
    modules = qr.matrix(text)
    side = len(modules) + 8
    picture = Image.new("L", (side * scale + 200, side * scale + 300), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                left, top = 100 + (x + 4) * scale, 100 + (y + 4) * scale
                pen.rectangle((left, top, left + scale - 1, top + scale - 1), fill=0)
    return picture.rotate(turned, expand=True, fillcolor=255)


def saved(picture, kind):
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()


@given(
    st.builds(
        FormCode,
        fair_code=st.from_regex(r"[A-Z][A-Z0-9-]{1,15}", fullmatch=True),
        application_id=st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=12, max_size=12),
        number=st.integers(1, 999_999),
    )
)
def test_a_code_reads_as_it_was_written(code):
    assert read_code(write_code(code)) == code


@pytest.mark.parametrize(
    "text", ["", "https://fair.example", "SIE27/APPLICATION/abc/1", "SIE27/APPLICATION/ABCDEFGH2345/0"]
)
def test_what_is_not_our_code_says_nothing(text):
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("codes", "number", "verdict"),
    [
        ([OWN], 2, Verdict(state=ScanState.MATCHED, number=2)),
        ([OWN], 3, Verdict(state=ScanState.OLDER, number=2)),
        ([], 2, Verdict(state=ScanState.UNREADABLE)),
        (["https://fair.example"], 2, Verdict(state=ScanState.UNREADABLE)),
        ([FormCode(fair_code="SIE27", application_id="zzzzzzzz9999", number=1), OWN], 2,
         Verdict(state=ScanState.MATCHED, number=2)),
    ],
)  # fmt: skip
def test_a_scan_is_the_right_one_an_older_one_or_unreadable(codes, number, verdict):
    assert judged(*codes, number=number) == verdict


def test_the_form_of_another_application_is_refused():
    with pytest.raises(ScanOfAnother):
        judged(FormCode(fair_code="SIE27", application_id="zzzzzzzz9999", number=1))


def test_the_form_of_another_fair_is_refused_with_its_name():
    with pytest.raises(ScanOfAnotherFair) as refusal:
        judged(FormCode(fair_code="VIF27", application_id="abcdefgh2345", number=1))

    assert refusal.value.facts == {"fair": "VIF27"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
@pytest.mark.parametrize("turned", [0, 90, 183])
def test_a_code_is_found_on_pictures_and_in_scanned_pdfs_however_they_lie(kind, turned):
    text = write_code(OWN)

    assert find_codes(saved(drawn(text, turned=turned), kind)) == [text]


def test_a_form_that_was_signed_on_a_screen_says_its_code_in_its_keywords():
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Keywords"] = write_code(OWN)
    target = io.BytesIO()
    document.save(target)

    assert find_codes(target.getvalue()) == [write_code(OWN)]


def test_a_page_without_a_code_has_none():
    blank = Image.new("RGB", (600, 800), "white")

    assert [find_codes(saved(blank, kind)) for kind in ("PNG", "PDF")] == [[], []]
