"""A cycle whose calls are open, for the tests of everything that happens in it."""

from tests.applications.open_call import cycle, mentee_call, mentor_call  # noqa: F401
