"""Pure tests: all of them together take less than a second, so that they can run at every save."""

from hypothesis import settings

settings.register_profile("domain", max_examples=10, deadline=None, database=None)
settings.load_profile("domain")
