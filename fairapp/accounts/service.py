"""What accounts do to themselves, and what organizers do to roles."""

from fairapp.accounts.models import Account
from fairapp.database import transaction


def set_language(account_id: int, language: str) -> None:
    """Remember the language of an account."""
    with transaction() as session:
        account = session.get_one(Account, account_id)
        account.language = language
