"""The open call of the applications' tests."""

from tests.applications.open_call import cycle, mentee_call, mentor_call  # noqa: F401
