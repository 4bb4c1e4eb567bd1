"""What a programme has besides its cycles: posts, a members' roll, requests, modules, initiatives."""

from typing import Annotated

from pydantic import AfterValidator, Field

from talka.blueprints.exchanges import Days, Named
from talka.blueprints.values import Count, Frozen, Key, MoreWords, Words, check_address

Address = Annotated[str, AfterValidator(check_address)]


class Post(Frozen):
    """An office in the programme's group, such as its chair; a vacant one is shown as vacant."""

    key: Key
    name: Words
    description: MoreWords = {}
    seats: Count = 1


class Roll(Frozen):
    """The members of the group: who may join, and what they can say they bring."""

    name: Words
    invitation: MoreWords = {}
    contributions: tuple[Named, ...] = ()
    is_public: bool = True


class Requests(Frozen):
    """Help is asked for, and offered, at any time: what can be asked for, and by when it is answered."""

    models: tuple[Named, ...] = ()
    answer_days: Count = 14
    reminders_days: tuple[Days, ...] = (7, 14, 28)


class Module(Frozen):
    """A part of the learning path; modules of the same unit stand together."""

    key: Key
    unit: Words
    name: Words
    summary: MoreWords = {}
    address: Address | None = None
    minutes: int = Field(default=0, ge=0, le=10_000)


class Initiatives(Frozen):
    """What people of the programme build at home: its models, and the stages it can be at, first to last."""

    name: Words
    models: tuple[Named, ...] = ()
    stages: tuple[Named, ...] = Field(min_length=1)
