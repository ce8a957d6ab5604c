"""The purposes for which an applicant's data may be used, one consent each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

PROCESSING = "processing"
DIRECTORY = "directory"
CONTACT = "contact_sharing"
NEWS = "news"
STORY = "story"

PURPOSES = (PROCESSING, DIRECTORY, CONTACT, NEWS, STORY)
"""In the order of the form; the first is needed to take part."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One consent as it was given."""

    purpose: str
    wording: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None = None


def in_force(proofs: Iterable[Proof]) -> dict[str, Proof]:
    """Return the consents that hold, by purpose: the latest that was not withdrawn."""
    latest = {proof.purpose: proof for proof in sorted(proofs, key=lambda proof: proof.given_at)}
    return {purpose: proof for purpose, proof in latest.items() if proof.withdrawn_at is None}


def may_be_listed(proofs: Iterable[Proof]) -> bool:
    """Whether the directory may show the enterprise; whom the organizer entered was asked on paper."""
    known = list(proofs)
    return not known or DIRECTORY in in_force(known)
