"""Forms of imports."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _

from fairapp.web import fields
from fairapp.web.fields import Form


class ListForm(Form):
    """A list of exhibitors as a file."""

    refused_at = {"sheet_unreadable": "file", "sheet_too_long": "file", "list_empty": "file"}

    file = fields.upload(
        _("List of exhibitors"),
        megabytes=10,
        accept=".xlsx,.xls,.ods,.csv,.txt",
        hint=_("XLSX or CSV with titles in the first row, at most 5,000 rows. Nothing is changed before you say so."),
    )


def mapping_of(values: Sequence[str], head: Sequence[str]) -> Mapping[str, str]:
    """Return field by title from the selects of a page, which stand in the order of the head."""
    return {title: field for title, field in zip(head, values, strict=False) if field}
