"""Pictures of a PDF that would fill the memory."""

import zlib

import pytest

from fairapp.applications.codes import unpacks_within

ROOMY = zlib.compress(bytes(10_000))


@pytest.mark.parametrize(
    ("packed", "filters", "expected"),
    [
        (ROOMY, ["/FlateDecode"], True),
        (zlib.compress(bytes(10_001)), ["/FlateDecode"], False),
        (zlib.compress(ROOMY), ["/FlateDecode", "/FlateDecode"], False),
        (ROOMY, ["/LZWDecode"], False),
        (b"jpeg", ["/DCTDecode"], True),
        (ROOMY, ["/FlateDecode", "/DCTDecode"], True),
        (b"", [], True),
    ],
)
def test_a_picture_is_unpacked_only_where_it_stays_small(packed, filters, expected):
    assert unpacks_within(packed, filters, most=10_000) is expected
