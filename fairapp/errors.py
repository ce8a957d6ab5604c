"""The one exception that the rules of a fair raise."""


class FairError(Exception):
    """A request the fair's rules refuse: a stable code and facts, no prose.

    The sentence and the HTTP status of each code stand in ``fairapp/web/refusals.py``.
    """

    code = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class NotFound(FairError):
    """The thing does not exist in this fair, or is not the reader's to see."""

    code = "not_found"


class NotAllowed(FairError):
    """The account has no role that may do this."""

    code = "not_allowed"


class SignInNeeded(FairError):
    """Nobody is signed in and the page is not public."""

    code = "sign_in_needed"
