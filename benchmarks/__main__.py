"""Run benchmarks: ``python -m benchmarks [WHAT …]``; exits 1 when a figure misses its goal."""

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version

from benchmarks.figures import Figure

BENCHMARKS = ("badges", "directory", "scans", "search")
LIBRARIES = ("flask", "sqlalchemy", "pysqlite3", "cryptography", "weasyprint", "qrcode", "pikepdf")


def main(chosen: list[str]) -> int:
    """Measure ``chosen``, or everything; return the exit status."""
    if unknown := [name for name in chosen if name not in BENCHMARKS]:
        print(f"there is no benchmark {unknown[0]}: choose from {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    print(f"{_processor()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    print(f"\n{'':4}{'figure':44}{'goal':>14}{'measured':>14}")
    figures = []
    for name in chosen or BENCHMARKS:
        for figure in import_module(f"benchmarks.{name}").measure():
            print(_line(figure), flush=True)
            figures.append(figure)
    missed = sum(not figure.holds for figure in figures)
    print(f"\n{len(figures) - missed} of {len(figures)} figures hold")
    return 1 if missed else 0


def _line(figure: Figure) -> str:
    mark = "ok" if figure.holds else "NO"
    measured = f"{figure.measured:.3g} {figure.unit}"
    return f"{mark:4}{figure.name:44}{figure.goal:>14}{measured:>14}  {figure.remark}"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
