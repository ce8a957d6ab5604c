"""How often one address may try: sign-in, registration and other doors that guessers knock on."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, headers_enabled=True)
