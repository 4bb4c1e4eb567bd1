"""The first page of somebody who signed in."""

import re

from django.urls import reverse
from django.utils import timezone

from tests.applications.open_call import cycle, mentee_call, mentor_call  # noqa: F401


def test_who_has_nothing_to_do_is_shown_what_is_open_each_with_its_role(
    client_of,
    dan,
    mentee_call,  # noqa: F811
    mentor_call,  # noqa: F811
    monkeypatch,
    now,
):
    monkeypatch.setattr(timezone, "now", lambda: now)
    page = client_of(dan).get(reverse("desk:home")).text
    links = re.findall(r'<a href="(/programmes/.+?)">([^<]+: [^<]+)</a>', page)
    name = str(mentee_call.cycle.programme)
    assert sorted(links) == sorted(
        [
            (mentee_call.get_absolute_url(), f"{name}: Mentee community"),
            (mentor_call.get_absolute_url(), f"{name}: Mentor community"),
        ]
    )
