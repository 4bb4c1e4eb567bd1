"""When the stages of a cycle start, and how long they last."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializationInfo,
    ValidationInfo,
    field_validator,
)

from talka.blueprints.values import Count, Frozen, Key, MoreWords, Words, wrong

_MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")


class Start(Frozen):
    """When a stage starts: on a day of the year ("MM-DD"), or the day after another stage."""

    day: str | None = None
    after: Key | None = Field(default=None, validate_default=True)

    @field_validator("day")
    @classmethod
    def _exist_every_year(cls, day: str | None) -> str | None:
        if day is not None:
            if not _MONTH_AND_DAY.fullmatch(day):
                raise wrong("not_a_day")
            try:
                # A common year: no stage can start on 29 February.
                date.fromisoformat(f"2001-{day}")
            except ValueError:
                raise wrong("not_a_day") from None
        return day

    @field_validator("after")
    @classmethod
    def _be_one_of_two(cls, after: str | None, info: ValidationInfo) -> str | None:
        if "day" in info.data and (after is None) == (info.data["day"] is None):
            raise wrong("day_or_after")
        return after


def _read_start(given: Any) -> Any:
    return {"day": given} if isinstance(given, str) else given


def _write_start(start: Start, info: SerializationInfo) -> Any:
    if (info.context or {}).get("toml"):
        return start.day or {"after": start.after}
    return {"day": start.day, "after": start.after}


class Stage(Frozen):
    """A part of the cycle. Its length is what organisers start from; they set the real dates of a cycle."""

    key: Key
    name: Words
    description: MoreWords = {}
    starts: Annotated[Start, BeforeValidator(_read_start), PlainSerializer(_write_start)]
    lasts_days: Count | None = None
    lasts_months: Count | None = Field(default=None, validate_default=True)

    @field_validator("lasts_months")
    @classmethod
    def _last_days_or_months(cls, months: int | None, info: ValidationInfo) -> int | None:
        if "lasts_days" in info.data and (months is None) == (info.data["lasts_days"] is None):
            raise wrong("days_or_months")
        return months
