"""Settings of all tests."""

from hypothesis import settings

# How long an example takes says something about the machine, and it may be busy.
settings.register_profile("corroborate", deadline=None)
settings.load_profile("corroborate")
