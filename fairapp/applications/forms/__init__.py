"""The forms of applications: two steps for the applicant, small ones around them, and the organizer's reason."""

from fairapp.applications.forms.deciding import ReasonForm

__all__ = ["ReasonForm"]
