"""The second step: how the enterprise wants to take part."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from fairapp.applications import answers, consents, space
from fairapp.applications.forms.base import StepForm
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages

EXHIBITOR_BOOTH_TYPES = ("standard_9", "standard_18", "premium_9", "raw_space")
SIDES = ("corner", "island")
"""Extras that are asked for in a question of their own."""

SCAN_MEGABYTES = 20
SCAN_HINT = _("PDF, JPEG or PNG, at most 20 MB. May follow later.")


class ParticipationForm(StepForm):
    """Booth, money, contact and consents."""

    step = answers.PARTICIPATION
    refused_at = {
        "file_kind": "scan",
        "file_broken": "scan",
        "file_empty": "scan",
        "image_too_large": "scan",
        "scan_of_another": "scan",
        "scan_of_another_fair": "scan",
    }

    fascia_name = fields.line(
        _("Fascia name"), longest=30, hint=_("The name on the board of your booth, at most 30 letters.")
    )
    booth_type = fields.choice(_("Booth type"))
    quantity = fields.count(_("Number of booths"), least=1, most=space.MOST_BOOTHS, default=1)
    area = fields.count(
        _("Net area in m²"), least=1, most=600, required=False, hint=_("For raw space only, at least 18 m².")
    )
    corner = fields.switch(_("Corner booth with two open sides, if there is one"))
    extras = fields.choices(_("Services and furniture you expect to order"), required=False)
    co_organizer = fields.choice(_("Sent by"), required=False, hint=_("The body that sends you to the fair, if any."))
    seeks = fields.paragraph(_("What you look for at the fair"), longest=1000, required=False)
    subsidy_wanted = fields.switch(_("We ask for a subsidy"))
    subsidy_source = fields.line(
        _("Who is to pay the subsidy"), longest=200, required=False, hint=_("Such as the provincial department.")
    )
    invoice_name = fields.line(_("Name on the invoice"), longest=200, required=False)
    invoice_tax_code = fields.line(_("Tax code on the invoice"), longest=32, required=False)
    invoice_address = fields.line(_("Address on the invoice"), longest=300, required=False)
    invoice_email = fields.email(_("Mail address for the invoice"), required=False)
    contact_name = fields.line(_("Contact"), longest=120, render_kw={"autocomplete": "name"})
    contact_title = fields.line(_("Title of the contact"), longest=80, required=False)
    contact_email = fields.email(_("Mail address"), render_kw={"autocomplete": "email"})
    contact_phone = fields.phone(_("Mobile phone (Zalo)"), render_kw={"autocomplete": "tel"})
    message = fields.paragraph(_("Message to the organizer"), longest=1000, required=False)
    scan_kept = HiddenField()
    scan = fields.upload(
        _("Signed and stamped form"),
        megabytes=SCAN_MEGABYTES,
        required=False,
        accept=".pdf,.jpg,.jpeg,.png",
        hint=SCAN_HINT,
    )
    processing = fields.consent(_("We agree that the organizer keeps and uses these data to run this fair."))
    directory = fields.consent(
        _("We agree that the public directory and the catalogue show our enterprise, products and capabilities."),
        required=False,
    )
    contact_sharing = fields.consent(
        _("We agree that enterprises that meet us receive our contact's name, phone and mail address."),
        required=False,
    )
    news = fields.consent(_("We agree to get news of future fairs."), required=False)
    story = fields.consent(
        _("We agree that the organizer publishes photos of our booth and what we say of the fair."), required=False
    )

    def __init__(
        self,
        *args: Any,
        bodies: Sequence[tuple[str, str]] = (),
        given: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        types = dict(code_list("booth_types").choices(language))
        self.booth_type.choices = fields.options([(code, types[code]) for code in EXHIBITOR_BOOTH_TYPES])
        extras = [pair for pair in code_list("booth_extras").choices(language) if pair[0] not in SIDES]
        self.extras.choices = fields.options(extras)
        self.co_organizer.choices = fields.options([("", "–"), *bodies])
        for purpose in given:
            del self[purpose]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        return all((self.needs("subsidy_source") if self.subsidy_wanted.data else True, valid))

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, without the consents: each of them is kept as a proof of its own."""
        found = super().answers()
        found.pop("scan_kept", None)
        return {name: answer for name, answer in found.items() if name not in consents.PURPOSES}

    def consents(self) -> list[tuple[str, str]]:
        """Return the purposes that were agreed to, with the words beside them."""
        asked = [purpose for purpose in consents.PURPOSES if purpose in self._fields]
        return [(purpose, fields.label_of(self[purpose])) for purpose in asked if self[purpose].data]
