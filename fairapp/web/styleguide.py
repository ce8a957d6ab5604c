"""The style guide: every token and component in every state, in both schemes; there while developing only."""

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import NotFound
from fairapp.web import fields, languages, words
from fairapp.web.access import allow_public
from fairapp.web.fields import Form
from fairapp.web.lists import Page
from fairapp.web.settings import setting
from fairapp.web.sorting import Sort
from fairapp.web.toasts import Undo, say

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")
SCHEMES = ("light", "dark")
LONG_NAME = "Công ty Cổ phần Cơ khí Chính xác và Xử lý Bề mặt Đồng bằng sông Hồng số 27"


class SampleForm(Form):
    """One control of each kind."""

    full_name = fields.line(_("Full name"), longest=120, hint=_("As it shall stand on the badge."))
    email = fields.email(_("Mail address"))
    phone = fields.phone(_("Phone"), required=False)
    website = fields.web_address(_("Website"))
    employees = fields.count(_("Employees"), least=1, most=500)
    country = fields.choice(_("Country"), default="VN")
    sectors = fields.choices(_("Sectors"), most=3, hint=_("At most 3."))
    processes = fields.choices(_("Processes"), most=10)
    message = fields.paragraph(_("Message to the organizer"), longest=200, required=False)
    scan = fields.upload(_("Signed and stamped form"), megabytes=10, required=False, accept=".pdf")
    day = fields.day(_("Day"), required=False)
    opens_at = fields.clock_time(_("Time"), required=False)
    processing = fields.consent(_("I agree that the organizer keeps these data to issue my badge and run the fair."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        self.country.choices = fields.options(code_list("countries").choices(language))
        self.sectors.choices = fields.options(code_list("sectors").choices(language))
        self.processes.choices = fields.options(code_list("processes").choices(language))


@bp.before_request
def _only_while_developing() -> None:
    if setting("PRODUCTION"):
        raise NotFound()


@bp.get("/")
@allow_public
def show_styleguide() -> str:
    """Show everything that a page can be made of."""
    return _page({scheme: SampleForm(prefix=f"{scheme}-") for scheme in SCHEMES})


@bp.post("/")
@allow_public
def check_form() -> tuple[str, int] | Response:
    """Check the sample form that was sent, to see its mistakes."""
    scheme = "dark" if request.form.get("scheme") == "dark" else "light"
    forms = {name: SampleForm(prefix=f"{name}-", formdata=None) for name in SCHEMES}
    forms[scheme] = SampleForm(prefix=f"{scheme}-")
    if forms[scheme].validate_on_submit():
        return say_something()
    return _page(forms), forms[scheme].answer_with


@bp.post("/toast")
@allow_public
def say_something() -> Response:
    """Say something, with a way back that says it again."""
    say(gettext("Saved."), undo=Undo(url=url_for(".say_something")))
    return redirect(url_for(".show_styleguide"), code=303)


def _page(forms: dict[str, SampleForm]) -> str:
    return render_template(
        "styleguide.html",
        forms=forms,
        tokens=_tokens(Path(current_app.static_folder or "") / "css" / "tokens.css"),
        states=words.STATES,
        long_name=LONG_NAME,
        need=_need(),
        hall=_hall("A"),
        halls=[_hall("A"), _hall("B")],
        booths=_booths(),
        page=Page(rows=range(41, 61), number=3, per_page=20, total=137),
        sort=Sort(by="name"),
        sectors=code_list("sectors").choices(languages.current_language())[:6],
    )


@cache
def _tokens(file: Path) -> list[str]:
    """Return the names of the tokens that hold a colour, in their order."""
    found = re.findall(r"^ +--([a-z0-9-]+): (?:light-dark|oklch|#|rgb)", file.read_text(encoding="utf-8"), re.MULTILINE)
    return list(dict.fromkeys(found))


def _need() -> SimpleNamespace:
    enterprise = SimpleNamespace(short_name=LONG_NAME, legal_name=LONG_NAME, capital_country="KR")
    codes = {
        name: next(iter(code_list(name).choices("en")))[0] for name in ("processes", "materials", "tolerance_bands")
    }
    return SimpleNamespace(
        title={"vi": "Nắp che nhựa PC/ABS", "en": "Cover of PC/ABS"},
        buyer=SimpleNamespace(enterprise=enterprise),
        process=codes["processes"],
        material=codes["materials"],
        tolerance=codes["tolerance_bands"],
        monthly_quantity=300000,
        status="in_talks",
        required_certificates=[code for code, _name in code_list("certificates").choices("en")[:2]],
        sample_on_display=True,
    )


def _hall(code: str) -> SimpleNamespace:
    return SimpleNamespace(id=code, code=code, name={}, width=30.0, depth=15.0)


def _booths() -> list[SimpleNamespace]:
    states = ("free", "held", "allocated", "blocked", "free", "allocated")
    return [
        SimpleNamespace(
            code=f"A10{number}",
            x=3.0 * number,
            y=6.0,
            width=3.0,
            depth=3.0,
            state=state,
            title=" · ".join(
                [f"A10{number}", *(["Sao Mai"] if state == "allocated" else []), words.word(state, "booth")]
            ),
            href=f"#A10{number}",
            name="Sao Mai" if state == "allocated" else "",
            edges=f"M{3.0 * number:g} 9H{3.0 * number + 3:g}",
            rank={5: 1, 1: 2}.get(number),
            picked=number == 3,
            for_buyers=number == 6,
        )
        for number, state in enumerate(states, start=1)
    ]
