"""What a match leads to: a visit of days or a mentorship of months, and what is asked on the way."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from talka.blueprints.values import Count, Frozen, Key, MoreWords, Words, wrong

Days = Annotated[int, Field(ge=0, le=3_660)]


def not_below(other: str) -> Any:
    """Build the check that a field is at least another one, which stands before it."""

    def check(value: int, info: ValidationInfo) -> int:
        least = info.data.get(other)
        if least is not None and value < least:
            raise wrong("ends_before_start", least=least)
        return value

    return AfterValidator(check)


def off_or_not_below(*others: str) -> Any:
    """Build the check that a field is zero, or at least each of others that stand before it."""

    def check(value: int, info: ValidationInfo) -> int:
        least = max((info.data.get(other) or 0 for other in others), default=0)
        if 0 < value < least:
            raise wrong("ends_before_start", least=least)
        return value

    return AfterValidator(check)


class Named(Frozen):
    """Something to choose, with a key that is kept and words that are shown."""

    key: Key
    name: Words
    description: MoreWords = {}


class Format(Frozen):
    """A way to do the exchange; who travels follows from it."""

    key: Key
    name: Words
    description: MoreWords = {}
    travels: Key


class Visit(Frozen):
    """A match leads to a visit, which counts its days on site, and the questions sent ahead of it."""

    kind: Literal["visit"]
    min_days: Count
    max_days: Annotated[Count, not_below("min_days")]
    questions_min: int = Field(default=0, ge=0)
    questions_max: Annotated[Count, not_below("questions_min")] = 20
    formats: tuple[Format, ...] = Field(min_length=1)


class Quiet(Frozen):
    """After how many days without hours, check-in or plan the two are reminded, warned, paused, re-matched.

    Zero switches a step off.
    """

    remind_days: Days = 21
    warn_days: Annotated[Days, off_or_not_below("remind_days")] = 35
    pause_days: Annotated[Days, off_or_not_below("remind_days", "warn_days")] = 49
    offer_days: Annotated[Days, off_or_not_below("remind_days", "warn_days", "pause_days")] = 63


class Mentorship(Frozen):
    """A match leads to some months of work together, which counts hours and check-ins."""

    kind: Literal["mentorship"]
    # The stage in which it takes place: what hours people have is looked at between its days.
    stage: Key
    months: Count
    hours_min: Count
    hours_max: Annotated[Count, not_below("hours_min")]
    # How often the two mean to talk, and how often all of them with the organisers.
    check_in_days: Count = 30
    led_check_ins_min: int = Field(default=0, ge=0)
    # How long the other side may take to say whether hours are right.
    confirm_days: Count = 14
    quiet: Quiet = Quiet()
    # What people may choose when it ends early; none of it blames anybody.
    stop_reasons: tuple[Named, ...] = Field(min_length=1)
    # Further people who help several pairs: the roles of the blueprint that support.
    helpers: tuple[Key, ...] = ()


Exchange = Annotated[Visit | Mentorship, Field(discriminator="kind")]


class Evaluation(Frozen):
    """What both sides of a mentorship are asked some months after it began, each for itself."""

    key: Key
    name: Words
    form: Key
    after_months: Count
    reminders_before_days: tuple[Days, ...] = ()
    reminders_after_days: tuple[Days, ...] = ()


class Certificate(Frozen):
    """What is asked for a certificate, and what it says. Zero and false switch a condition off."""

    role: Key
    hours_min: int = Field(default=0, ge=0)
    goals_met: bool = True
    led_check_ins_min: int = Field(default=0, ge=0)
    evaluations: tuple[Key, ...] = ()
    title: Words
    text: Words
    # Wikitext with the places %(name)s, %(programme)s, %(cycle)s, %(hours)s and %(address)s.
    barnstar: MoreWords = {}


class Circles(Frozen):
    """Small groups of peers without a teacher, made by language, zone and what they find hard."""

    size_min: Annotated[int, Field(ge=3, le=12)] = 4
    size_max: Annotated[Annotated[int, Field(ge=3, le=12)], not_below("size_min")] = 6
    roles: tuple[Key, ...] = Field(min_length=1)
