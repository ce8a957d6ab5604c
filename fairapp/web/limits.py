"""How often one address may try, and how many may wait at once."""

import threading

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, headers_enabled=True)


# A whole fair may sit behind one address: what is slowed down is one address trying one account.
TRIES = "10 per minute; 60 per hour"
TRIES_OF_ADDRESS = "120 per minute; 1200 per hour"


def address_and_account() -> str:
    """Return who tries what: the network address with the mail address that was typed."""
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()[:255]}"


def storage_address(redis_url: str) -> str:
    """Return where the tries are counted: in Redis if there is one, which limits calls by another scheme."""
    return redis_url.replace("unix://", "redis+unix://", 1) if redis_url else "memory://"


class Places:
    """A number of places that requests take and give back: keeps long answers from filling every thread."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take a place; false if there is none."""
        with self._lock:
            if self._free <= 0:
                return False
            self._free -= 1
            return True

    def give_back(self) -> None:
        """Give a place back."""
        with self._lock:
            self._free += 1
