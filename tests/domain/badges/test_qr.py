import re
from xml.etree import ElementTree

from fairapp import qr
from fairapp.badges import credentials
from fairapp.badges.credentials import Claims

CREDENTIAL = credentials.sign(
    Claims(fair_number=27, key_number=1, serial="V-7K3M9Q2P", category="visitor", days=7), bytes(range(32))
)
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def drawn(path, side):
    """Return the modules that a path makes dark."""
    modules = [[False] * side for _ in range(side)]
    for x, y, length, back in RUN.findall(path):
        assert length == back
        for column in range(int(x), int(x) + int(length)):
            assert not modules[int(y)][column], "no module is drawn twice"
            modules[int(y)][column] = True
    return modules


def test_the_code_of_a_credential_is_version_5():
    assert len(qr.matrix(CREDENTIAL)) == 17 + 4 * 5


def test_the_path_draws_exactly_the_dark_modules():
    modules = qr.matrix(CREDENTIAL)
    path = qr.path(modules)

    assert RUN.sub("", path) == ""
    assert drawn(path, len(modules)) == modules


def test_runs_are_merged_so_that_the_path_is_short():
    modules = qr.matrix(CREDENTIAL)

    assert len(RUN.findall(qr.path(modules))) < sum(map(sum, modules)) * 0.6


def test_the_picture_has_its_quiet_zone_and_its_name():
    picture = ElementTree.fromstring(qr.svg(CREDENTIAL, label='Badge of "Ngô & Sons"'))

    assert picture.get("viewBox") == "-4 -4 45 45"
    assert picture.get("aria-label") == 'Badge of "Ngô & Sons"'


def test_a_picture_without_a_name_is_hidden_from_readers():
    assert ElementTree.fromstring(qr.svg(CREDENTIAL)).get("aria-hidden") == "true"


def test_in_a_pdf_the_code_fills_its_square_with_the_quiet_zone_around():
    modules = qr.matrix(CREDENTIAL)
    place, *runs, end = qr.drawing(modules, left=10, top=100, side=45).decode().splitlines()

    shown = [[False] * len(modules) for _ in modules]
    for run in runs:
        x, y, length, height, operator = run.split()
        assert (height, operator) == ("1", "re")
        for column in range(int(x), int(x) + int(length)):
            shown[int(y)][column] = True

    assert place == "q 0 g 1.00000 0 0 -1.00000 14.000 96.000 cm"
    assert shown == modules
    assert end == "f Q"
