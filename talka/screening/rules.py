"""The criteria: each is asked about frozen facts and answers pass, fail or "a person decides", with a reason.

A fact that nobody recorded never passes: the answer is then that a person decides, and the reason says
which fact is missing and where it is filled in. The rules are those of the CEE Wiki Peer Learning Exchange,
in its apply page, handbook and FAQ on Meta-Wiki.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from talka.kernel.reasons import Reason
from talka.kernel.windows import add_months
from talka.kernel.wording import Wording, say

EXPERTISE = 3
"""The level of a capacity (1 to 5) from which a community counts as experienced in it."""


@dataclass(frozen=True)
class Period:
    """From a first day to a last day; without a last day where it goes on."""

    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the day lies in the period, its first and last day included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Meeting:
    """A regional meeting that the community took part in."""

    name: str
    ended_on: date


@dataclass(frozen=True)
class Topic:
    """A capacity that the application is about, with the keys of the broader ones above it."""

    key: str
    name: Wording
    broader: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Statement:
    """What the applicant said to a question of yes or no."""

    key: str
    question: Wording
    is_yes: bool | None


@dataclass(frozen=True)
class Facts:
    """All that the criteria may know. An empty text or list means that nobody recorded the fact."""

    applicant: str
    today: date
    applied_on: date
    is_community: bool = True
    kind: str = ""
    is_affiliate: bool = False
    region: str = ""
    maturity: str = ""
    stated_maturity: str = ""
    grants: tuple[Period, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    topics: tuple[Topic, ...] = ()
    offers: tuple[tuple[str, int], ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Ruled:
    """What a criterion says of an application, and why."""

    ruling: Literal["pass", "fail", "person"]
    reason: Reason


def is_a_community(facts: Facts) -> Ruled:
    """Ask whether a group applies: the programme is not for individuals acting alone."""
    if facts.is_community:
        return _pass(facts, "is_a_community")
    return _fail(facts, "individual_alone")


def in_region(facts: Facts, *, regions: Iterable[str]) -> Ruled:
    """Ask whether the community is in one of the regions."""
    if not facts.region:
        return _person(facts, "region_unknown")
    return _pass(facts, "in_region") if facts.region in regions else _fail(facts, "other_region")


def without_general_support(facts: Facts, *, records_complete: bool = False) -> Ruled:
    """Ask whether the community receives no General Support Fund grant today.

    With `records_complete` the organisers vouch that every grant is recorded: no record means no grant.
    """
    running = [grant for grant in facts.grants if grant.covers(facts.today)]
    if running:
        return _fail(facts, "general_support", since=running[0].starts_on.isoformat())
    if facts.grants or records_complete:
        return _pass(facts, "no_general_support", day=facts.today.isoformat())
    return _person(facts, "general_support_unknown")


def took_part_recently(facts: Facts, *, years: int, meeting: str, affiliates_exempt: bool = False) -> Ruled:
    """Ask whether the community was at such a meeting in the years before it applied.

    Counts to the day: a meeting counts up to and including the same day `years` later, and one that ended on
    29 February up to 28 February where there is no such day. With `affiliates_exempt` recognition is the
    other way in, and the reason says which way was taken.
    """
    if affiliates_exempt and facts.is_affiliate:
        return _pass(facts, "affiliate_route")
    past = [
        one for one in facts.meetings if _is_named(one.name, meeting) and one.ended_on <= facts.applied_on
    ]
    if not past:
        return _person(facts, "meetings_unknown", meeting=meeting)
    last = max(past, key=lambda one: one.ended_on)
    values = {"meeting": last.name, "day": last.ended_on.isoformat(), "years": years}
    if facts.applied_on <= add_months(last.ended_on, 12 * years):
        return _pass(facts, "took_part", **values)
    return _fail(facts, "took_part_long_ago", **values)


def developing_or_new_topic(facts: Facts, *, level: int = EXPERTISE) -> Ruled:
    """Ask whether the community is developing, or wants to learn what lies outside its expertise.

    For an established community a person always judges whether the topic is new to it; only when it offers
    all of the topics itself, at the level of an expert, the answer is no.
    """
    maturity = facts.maturity or facts.stated_maturity
    if not maturity:
        return _person(facts, "maturity_unknown")
    if facts.stated_maturity not in ("", maturity):
        return _person(facts, "maturity_disagrees")
    if maturity == "developing":
        return _pass(facts, "developing" if facts.maturity else "calls_itself_developing")
    if not facts.topics:
        return _person(facts, "topics_unknown")
    known = [topic for topic in facts.topics if (_level(facts, topic) or 0) >= level]
    if len(known) == len(facts.topics):
        return _fail(facts, "teaches_it_already", topics=_names(known))
    if known:
        return _person(facts, "partly_expert", topics=_names(known))
    return _person(facts, "established_new_topic", topics=_names(facts.topics))


def established_with_expertise(
    facts: Facts, *, level: int = EXPERTISE, kinds: Iterable[str] = ("chapter", "user_group")
) -> Ruled:
    """Ask whether an established community of such a kind is expert in what it would teach."""
    if facts.kind not in kinds:
        return _fail(facts, "not_such_a_kind")
    if not facts.is_affiliate:
        return _person(facts, "recognition_ended")
    if not facts.maturity:
        return _person(facts, "maturity_unknown")
    if facts.maturity != "established":
        return _fail(facts, "not_established")
    return _expertise(facts, level)


def says_yes_to(facts: Facts, *, question: str) -> Ruled:
    """Ask whether the applicant answered a question of the form with yes."""
    said = next((one for one in facts.statements if one.key == question), None)
    if said is None or said.is_yes is None:
        return _person(facts, "not_said", question=dict(said.question) if said else question)
    if said.is_yes:
        return _pass(facts, "says_yes", question=dict(said.question))
    return _fail(facts, "says_no", question=dict(said.question))


def _expertise(facts: Facts, level: int) -> Ruled:
    if not facts.topics:
        return _person(facts, "topics_unknown")
    unknown = [topic for topic in facts.topics if _level(facts, topic) is None]
    if unknown:
        return _person(facts, "expertise_unknown", topics=_names(unknown))
    weak = [topic for topic in facts.topics if (_level(facts, topic) or 0) < level]
    if len(weak) == len(facts.topics):
        return _fail(facts, "no_expertise", topics=_names(weak))
    if weak:
        return _person(facts, "some_expertise", topics=_names(weak))
    return _pass(facts, "expertise", topics=_names(facts.topics))


CRITERIA: Mapping[str, Any] = {
    "is_a_community": is_a_community,
    "in_region": in_region,
    "without_general_support": without_general_support,
    "took_part_recently": took_part_recently,
    "developing_or_new_topic": developing_or_new_topic,
    "established_with_expertise": established_with_expertise,
    "says_yes_to": says_yes_to,
}


def _level(facts: Facts, topic: Topic) -> int | None:
    """Return the highest level at which the topic, or a broader one, is offered; None where neither is."""
    levels = [level for key, level in facts.offers if key == topic.key or key in topic.broader]
    return max(levels, default=None)


def _names(topics: Iterable[Topic]) -> dict[str, str]:
    """Name the topics one after the other, in every language that one of them is named in."""
    languages = dict.fromkeys(language for topic in topics for language in topic.name)
    return {
        language: ("، " if language == "ar" else ", ").join(
            say(topic.name, language).text for topic in topics
        )
        for language in languages
    }


def _is_named(name: str, wanted: str) -> bool:
    """Tell whether "CEE Meeting 2026" is one of "CEE Meeting"."""
    return wanted.casefold() in name.casefold()


def _pass(facts: Facts, key: str, **values: Any) -> Ruled:
    return Ruled("pass", _reason(facts, key, values))


def _fail(facts: Facts, key: str, **values: Any) -> Ruled:
    return Ruled("fail", _reason(facts, key, values))


def _person(facts: Facts, key: str, **values: Any) -> Ruled:
    return Ruled("person", _reason(facts, key, values))


def _reason(facts: Facts, key: str, values: Mapping[str, Any]) -> Reason:
    return Reason(f"screening.{key}", {"applicant": facts.applicant, **values})
