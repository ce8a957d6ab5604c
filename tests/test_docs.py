"""What is written for people is true of the tree."""

import pathlib
import re

ROOT = pathlib.Path(__file__).parents[1]


def test_every_setting_is_explained():
    read = (ROOT / "config.py").read_text() + (ROOT / "deploy" / "gunicorn.py").read_text()
    names = set(re.findall(r'(?:environ, |environ\.get\(|settings\.get\()"([A-Z_]+)"', read))

    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))

    assert len(names) > 10
    assert names - explained == set()


def test_every_link_between_the_papers_leads_somewhere():
    papers = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    dead = [
        f"{paper.relative_to(ROOT)}: {target}"
        for paper in papers
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", paper.read_text())
        if not (paper.parent / target).exists()
    ]

    assert dead == []


def test_the_readme_opens_with_the_two_commands():
    opening = (ROOT / "README.md").read_text().split("\n## ")[0]

    assert "./dev up " in opening
    assert "./dev test " in opening
