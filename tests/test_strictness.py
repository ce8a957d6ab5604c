"""The suite cannot pass by looking away."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[1]


def run(folder: pathlib.Path, source: str) -> subprocess.CompletedProcess[str]:
    file = folder / "test_sample.py"
    file.write_text(source, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "-p", "tests.conftest",
         "-p", "no:cacheprovider", file],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import pytest\n@pytest.mark.skip\ndef test_a(): pass\n", "1 error"),
        ("import pytest\npytest.importorskip('there_is_no_such_module')\n", "1 error"),
        ("import warnings\ndef test_a(): warnings.warn('old', DeprecationWarning)\n", "DeprecationWarning: old"),
        ("import pytest\n@pytest.mark.xfail\ndef test_a(): pass\n", "XPASS(strict)"),
    ],
    ids=["skipped test", "skipped module", "warning", "unexpected success"],
)
def test_what_is_skipped_or_warned_of_fails_the_run(tmp_path, source, said):
    done = run(tmp_path, source)

    assert done.returncode != 0
    assert said in done.stdout


def test_a_plain_test_passes_the_same_way(tmp_path):
    assert run(tmp_path, "def test_a(): pass\n").returncode == 0
