"""The shape of a blueprint: it names rules, forms and letters and gives them parameters, no more."""

import re
from collections.abc import Container, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
)

from talka.blueprints.exchanges import (
    Certificate,
    Circles,
    Days,
    Evaluation,
    Exchange,
    Mentorship,
    Visit,
    not_below,
)
from talka.blueprints.group import Address, Initiatives, Module, Post, Requests, Roll
from talka.blueprints.mistakes import Mistake, Mistakes, mistakes_of
from talka.blueprints.questions import FormDraft, Question
from talka.blueprints.references import disagreements, unregistered
from talka.blueprints.stages import Stage
from talka.blueprints.values import Count, Frozen, Key, Language, MoreWords, Words, wrong

Region = Literal["cee_ca", "eseap", "lac", "mena", "north_america", "nwe", "south_asia", "ssa"]
"""The eight regions of the Wikimedia movement."""

PageKey = Literal["about", "how_it_works", "timeline", "guidance", "faq", "apply"]


def _check_currency(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise wrong("not_a_currency")
    return code


def _check_parameter(value: Any) -> Any:
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return tuple(value)
    if not isinstance(value, str | int | bool):
        raise wrong("not_a_parameter")
    return value


Currency = Annotated[str, AfterValidator(_check_currency)]
LetterKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,59}$")]
# Named things come in the order of their names: a database keeps an order of its own.
ByName = AfterValidator(lambda named: dict(sorted(named.items())))
Params = Annotated[dict[Key, Annotated[Any, AfterValidator(_check_parameter)]], ByName]


class Role(Frozen):
    """What one can be in the programme, and what that role does."""

    key: Key
    part: Literal["learns", "teaches", "both", "supports", "presents", "attends"]
    name: Words
    description: MoreWords = {}


class Page(Frozen):
    """A page of the programme's handbook; the body is Markdown."""

    key: PageKey
    title: Words
    body: Words


class Criterion(Frozen):
    """A rule that every applicant in the role is asked by, with its parameters."""

    role: Key
    rule: Key
    params: Params = {}


class Commitment(Frozen):
    """What applicants in the roles promise when they apply."""

    key: Key
    text: Words
    roles: tuple[Key, ...] = Field(min_length=1)


class CallPlan(Frozen):
    """Which role is invited, with which form, during which stage."""

    role: Key
    form: Key
    stage: Key


class Score(Frozen):
    """What a reviewer gives points for."""

    key: Key
    name: Words
    help: MoreWords = {}
    lowest: int = 1
    highest: Annotated[int, not_below("lowest")] = 5


class Matching(Frozen):
    """Who can work together (hard rules), who fits well (weights), and what counts when nobody knows."""

    kind: Literal["two_sides"]
    hard: tuple[Key, ...] = ()
    weights: Annotated[dict[Key, Annotated[int, Field(ge=0, le=1000)]], ByName] = {}
    unknown: Annotated[dict[Key, Literal["pass", "fail"]], ByName] = {}
    minimum_language_level: int = Field(default=3, ge=0, le=6)
    answer_days: Count = 7
    # What `hours_overlap` and `hours` ask: so many meetings, of so many minutes, each on another day.
    meeting_minutes: Annotated[int, Field(ge=15, le=360)] = 60
    fewest_meetings: Count = 1
    meetings_wanted: Count = 6


class Cost(Frozen):
    """A kind of cost, and whether the programme pays it."""

    key: Key
    name: Words
    covered: bool
    note: MoreWords = {}


class Report(Frozen):
    """What is handed in after a visit: by when, with which form, and after how many months one asks again."""

    due_months: Count
    reminders_before_days: tuple[Days, ...] = ()
    reminders_after_days: tuple[Days, ...] = ()
    form: Key
    evidence_min: int = Field(default=0, ge=0)
    next_steps_min: int = Field(default=0, ge=0)
    follow_up_months: tuple[Count, ...] = ()


class SmallCounts(Frozen):
    """Public figures hide a question with fewer answers, and an option with fewer."""

    per_question: int = Field(default=10, ge=0)
    per_option: int = Field(default=5, ge=0)


class LetterWords(Frozen):
    """The programme's own words for a letter, instead of the house's."""

    subject: MoreWords = {}
    body: MoreWords = {}


class Resource(Frozen):
    """Something else that helps those for whom there is no partner now."""

    name: Words
    address: Address


class Blueprint(Frozen):
    """A programme written down. Make one with `check_blueprint`, which also sees whether its names agree."""

    key: Key
    name: Words
    summary: Words
    cycle_label: Words
    applicants: Literal["communities", "people", "both"]
    region: Region | None = None
    currency: Currency
    languages: tuple[Language, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    commitments: tuple[Commitment, ...] = ()
    calls: tuple[CallPlan, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    reviews_wanted: int = Field(default=0, ge=0)
    scores: tuple[Score, ...] = ()
    matching: Matching | None = None
    exchange: Exchange | None = None
    evaluations: tuple[Evaluation, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    circles: Circles | None = None
    posts: tuple[Post, ...] = ()
    roll: Roll | None = None
    requests: Requests | None = None
    modules: tuple[Module, ...] = ()
    initiatives: Initiatives | None = None
    costs: tuple[Cost, ...] = ()
    report: Report | None = None
    small_counts: SmallCounts = SmallCounts()
    resources: tuple[Resource, ...] = ()
    letters: Annotated[dict[LetterKey, LetterWords], ByName] = {}
    closing: tuple[Question, ...] = ()
    forms: Annotated[dict[Key, FormDraft], ByName] = {}
    pages: tuple[Page, ...] = ()

    @property
    def visit(self) -> Visit | None:
        """Return what is asked of visits, where matches lead to visits."""
        return self.exchange if isinstance(self.exchange, Visit) else None

    @property
    def mentorship(self) -> Mentorship | None:
        """Return what is asked of mentorships, where matches lead to mentorships."""
        return self.exchange if isinstance(self.exchange, Mentorship) else None


def check_blueprint(data: Any) -> Blueprint:
    """Read a blueprint from plain data. Raises Mistakes, which lists every mistake at once."""
    found = disagreements(data)
    try:
        blueprint = Blueprint.model_validate(data)
    except ValidationError as error:
        raise Mistakes((*mistakes_of(error), *found)) from None
    if found:
        raise Mistakes(tuple(found))
    return blueprint


def validate(blueprint: Blueprint, *, known: Mapping[str, Container[str]]) -> list[Mistake]:
    """List the names of rules and letters in a blueprint that the house does not know.

    `known` gives the names of a kind: "criteria", "hard_rules" and "weights" of
    matching, "letters". A kind that is not given is not asked about.
    """
    return unregistered(blueprint.model_dump(), known)
