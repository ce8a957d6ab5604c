"""Who may apply, and until when."""

from datetime import datetime

from fairapp.errors import FairError

REPRESENTATIVE_OFFICE = "rep_office"


class ApplicationsClosed(FairError):
    """The last day for applications has passed."""

    code = "applications_closed"


class ApplicationsNotOpen(FairError):
    """Applications are not taken yet."""

    code = "applications_not_open"


class RepresentativeOffice(FairError):
    """A representative office may not take part itself (Decree 81/2018, chapter III)."""

    code = "representative_office"


def check_time(*, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
    """Return quietly if applications are taken now."""
    if opens_at is not None and now < opens_at:
        raise ApplicationsNotOpen(at=opens_at)
    if closes_at is not None and now > closes_at:
        raise ApplicationsClosed(at=closes_at)


def check_enterprise(*, legal_form: str) -> None:
    """Return quietly if an enterprise of this legal form may apply."""
    if legal_form == REPRESENTATIVE_OFFICE:
        raise RepresentativeOffice()
