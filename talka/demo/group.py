"""The group around a programme, with invented people: posts, a roll, a group outside, and notices."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from talka.people.models import Account
from talka.programmes.actions import (
    add_contact_note,
    add_outside_group,
    fill_post,
    join_roll,
    offer_notice,
    refuse_notice,
    show_notice,
)
from talka.programmes.models import Programme
from talka.wiki.roll import import_roll
from talka.wiki.signatures import read_signatures

A_DAY = timedelta(days=1)

# What stood on the wiki: nobody of these exists.
LIST = """
# [[User:Quill of Ruritania|Quill]] ([[User talk:Quill of Ruritania|talk]]) 17:47, 28 January 2019 (UTC)
# --[[User:Graustark Reader|Graustark Reader]] 15:40, 24 June 2020 (UTC)
# Inkwell of Syldavia (talk) 18:58, 27 May 2021 (UTC)[reply]
# Borduria Blackboard (talk) 23:14, 22 August 2021 (UTC)[reply]
# Orsinia Owl (talk) 16:15, 25 April 2022
# --Zubrowka Chalk (talk) 09: 06, 24 December 2022 (UTC)
# Lutha Lesson (talk) 09:26, 08 March 2023 (UTC)[reply]
"""
# Who of the cast joins by themselves, with which of the blueprint's contributions, by their place.
JOINING = (("ada", "", (1,)), ("bo", "Bo of Graustark", (0, 1)), ("eva", "", (2, 3)))


def fill_group(programme: Programme, accounts: Mapping[str, Any], now: datetime) -> None:
    """Bring the group of a programme to life; `accounts` are the cast by first name.

    What the blueprint does not have is left out: posts, or a roll. The first post is held, and its term ends
    soon; the last stays vacant.
    """
    cleo = accounts["cleo"]
    _fill_posts(programme, cleo, now)
    _fill_roll(programme, accounts, now)
    _work_with_others(programme, cleo, now)
    _give_notices(programme, accounts, now)


def _fill_posts(programme: Programme, cleo: Account, now: datetime) -> None:
    today = now.date()
    for post in programme.plan.posts[:-1]:
        held: dict[str, Any] = {"programme": programme, "post": post.key, "by": cleo, "now": now}
        fill_post(name="Orsinia Owl", starts_on=today - 900 * A_DAY, ends_on=today - 345 * A_DAY, **held)
        fill_post(
            name="Cleo",
            email=cleo.email or "",
            starts_on=today - 344 * A_DAY,
            ends_on=today + 21 * A_DAY,
            **held,
        )


def _fill_roll(programme: Programme, accounts: Mapping[str, Any], now: datetime) -> None:
    roll = programme.plan.roll
    if roll is None:
        return
    lines = read_signatures(LIST, until=now).signatures
    import_roll(programme=programme, lines=lines, by=accounts["cleo"], now=now - 60 * A_DAY)
    for name, user_name, places in JOINING:
        brought = [roll.contributions[place].key for place in places if place < len(roll.contributions)]
        join_roll(
            programme=programme,
            account=accounts[name],
            name=accounts[name].name,
            user_name=user_name,
            contributions=brought,
            now=now - 30 * A_DAY,
        )


def _work_with_others(programme: Programme, cleo: Account, now: datetime) -> None:
    group = add_outside_group(
        programme=programme,
        name="Global Outreach of Freedonia",
        purpose="New programmes in countries where nobody has run one yet.",
        contact="Rufus",
        address="outreach@demo.invalid",
        by=cleo,
        now=now - 50 * A_DAY,
    )
    talks = (
        (45, "They know two schools that would like to begin.", "We look for a mentor.", 10),
        (10, "One of the schools has begun to plan.", "They send us the plan.", -4),
    )
    for days, said, agreed, next_days in talks:
        add_contact_note(
            group=group,
            met_on=(now - days * A_DAY).date(),
            said=said,
            agreed=agreed,
            next_on=(now - next_days * A_DAY).date(),
            by=cleo,
            now=now - days * A_DAY,
        )


def _give_notices(programme: Programme, accounts: Mapping[str, Any], now: datetime) -> None:
    """Offer three notices: one is shown, one is refused, one waits."""
    cleo, before = accounts["cleo"], now - 5 * A_DAY
    offered = [
        offer_notice(
            programme=programme,
            title=title,
            text=text,
            address="https://meta.wikimedia.org/wiki/Education",
            closes_on=(now + days * A_DAY).date(),
            by=accounts[name],
            now=before,
        )
        for name, title, text, days in NOTICES
    ]
    show_notice(notice=offered[0], version=1, by=cleo, now=before)
    why = "This is about another programme. Please offer it there."
    refuse_notice(notice=offered[1], reason=why, version=1, by=cleo, now=before)


NOTICES = (
    (
        "bo",
        "Money for materials",
        "Up to 500 for printed materials of a first course. Write what you print.",
        25,
    ),
    ("eva", "Sell us your old chairs", "We furnish an office.", 12),
    ("ada", "Who translates a teacher's guide with us?", "We begin with twelve pages, in two languages.", 40),
)
