"""One form field for each kind of question.

Answers are plain JSON: a text; a whole number; a day as "YYYY-MM-DD"; true or false; the key of an option, or
a list of keys; for several rows a list of {"capacity": key, "level": 1 to 5}, of {"language": code, "level":
1 to 6} (Babel's levels; 6 is a native speaker), of {"starts_on": day, "ends_on": day} or of {"day": key of
WEEK, "starts": "HH:MM", "ends": "HH:MM"}; the number of a community; the code of a country; and for files a
list of the numbers of uploads.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from talka.blueprints.questions import Question
from talka.capacities.models import Capacity
from talka.forms.rows import Column, Row, RowsField
from talka.kernel.wording import Said, say
from talka.people.codes import countries, language_code, language_in_words
from talka.people.models import Community

LONGEST_SHORT = 300
LONGEST_LONG = 10_000
LARGEST_NUMBER = 10**12
FIRST_YEAR, LAST_YEAR = 1990, 2100
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

CAPACITY_LEVELS = (
    (1, _("1 – just beginning")),
    (2, _("2 – have done it a little")),
    (3, _("3 – do it with confidence")),
    (4, _("4 – could teach it")),
    (5, _("5 – could teach experts")),
)
LANGUAGE_LEVELS = (
    (1, _("1 – a few words")),
    (2, _("2 – simple talk")),
    (3, _("3 – can work in it")),
    (4, _("4 – nearly as in my first language")),
    (5, _("5 – professional")),
    (6, _("Native speaker")),
)

WEEK = (
    ("weekdays", _("Monday to Friday")),
    ("every_day", _("Every day")),
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)


class DayInput(forms.DateInput):
    """A day as browsers and ISO 8601 write it."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"min": f"{FIRST_YEAR}-01-01", "max": f"{LAST_YEAR}-12-31", **(attrs or {})})
        self.format = "%Y-%m-%d"


class TextField(forms.CharField):
    """A text that any database keeps: line ends are one character, and nothing is invisible."""

    def to_python(self, value: Any) -> str:
        """Bring the ends of lines to one form. Raises ValidationError for what is no text."""
        text = super().to_python(str(value or "").replace("\r\n", "\n")) or ""
        if CONTROL.search(text):
            raise ValidationError(_("This text has characters that cannot be shown. Please write it anew."))
        return text


class DayField(forms.DateField):
    """A day that could be meant."""

    widget = DayInput

    def __init__(self, **more: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **more)
        self.error_messages["invalid"] = _("This is no day. Write year-month-day, such as 2027-03-31.")

    def validate(self, value: Any) -> None:
        """Refuse years that nobody means."""
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"])


class CommunityNameField(forms.CharField):
    """A community by its name, where no picker is given."""

    def clean(self, value: Any) -> Community | None:
        """Find the community. Raises ValidationError when there is none, or more than one."""
        name = super().clean(value)
        if not name:
            return None
        exact = Community.objects.real().filter(name__iexact=name).first()
        found = [exact] if exact else list(Community.objects.real().named_like(name)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(_("No one community is called this. Write its full name."))


def language_of() -> str:
    """Return the reader's language."""
    return get_language() or "en"


def _choices(question: Question) -> list[tuple[str, Said]]:
    return [(option.key, say(option.label, language_of())) for option in question.options]


def _or_none(question: Question, choices: list[Any]) -> list[Any]:
    """Let an answer that nobody needs be taken back."""
    return choices if question.required else [*choices, ("", _("No answer"))]


def _capacity_choices() -> list[Any]:
    """List capacities under their branches; a branch without children can be chosen itself."""
    everything = list(Capacity.objects.order_by("pk"))
    branches = [capacity for capacity in everything if capacity.parent_id is None]
    return [
        ("", _("Choose a topic")),
        *(
            (str(branch), [(one.key, str(one)) for one in (*_under(branch, everything), branch)])
            for branch in branches
        ),
    ]


def _under(branch: Capacity, everything: list[Capacity]) -> list[Capacity]:
    children = [capacity for capacity in everything if capacity.parent_id == branch.pk]
    return [one for child in children for one in (child, *_under(child, everything))]


def _level(row: Row, most: int) -> int:
    if row["level"] not in {str(level) for level in range(1, most + 1)}:
        raise ValidationError(_("Please choose a level in each row."))
    return int(row["level"])


def _read_capacity(row: Row) -> Row:
    if not Capacity.objects.filter(key=row["capacity"][:80]).exists():
        raise ValidationError(_("Please choose a topic in each row."))
    return {"capacity": row["capacity"], "level": _level(row, 5)}


def _read_language(row: Row) -> Row:
    code = language_code(row["language"][:60], language_of())
    if code is None:
        raise ValidationError(
            _("“%(name)s” is no language that we know. Write its English name."),
            params={"name": row["language"][:60]},
        )
    return {"language": code, "level": _level(row, 6)}


def _read_period(row: Row) -> Row:
    try:
        starts_on, ends_on = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    except ValueError:
        raise ValidationError(_("Please give the first and the last day of each period.")) from None
    if not FIRST_YEAR <= starts_on.year <= ends_on.year <= LAST_YEAR or ends_on < starts_on:
        raise ValidationError(_("In one of the periods the last day is before the first."))
    return {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}


def _read_hours(row: Row) -> Row:
    if row["day"] not in dict(WEEK):
        raise ValidationError(_("Please choose a day in each row."))
    try:
        starts, ends = (time.fromisoformat(row[name]) for name in ("starts", "ends"))
    except ValueError:
        raise ValidationError(_("Please write times as hours and minutes, such as 18:30.")) from None
    if starts == ends:
        raise ValidationError(_("In one of the rows the time ends when it begins."))
    # An end before the start is after midnight, and 00:00 is the midnight at the end of the day.
    return {"day": row["day"], "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}


class TimeInput(forms.TimeInput):
    """A time of day as browsers and ISO 8601 write it."""

    input_type = "time"


class LanguageInput(forms.TextInput):
    """A language by its name, with suggestions."""

    def format_value(self, value: Any) -> str | None:
        """Show the name for the code that is kept."""
        return language_in_words(str(value), language_of()) if value else None


def _select(choices: Any) -> forms.Select:
    return forms.Select(attrs={"class": "cdx-select"}, choices=choices)


def _levels(levels: Any) -> forms.Select:
    return _select([("", _("Choose a level")), *levels])


def _input(kind: type[forms.TextInput] | type[DayInput] | type[TimeInput], **attrs: Any) -> forms.Widget:
    return kind(attrs={"class": "cdx-text-input__input", **attrs})


def _capacity(question: Question) -> forms.Field:
    columns = (
        Column("capacity", _("Topic"), _select(_capacity_choices())),
        Column("level", _("Level"), _levels(CAPACITY_LEVELS)),
    )
    return RowsField(columns=columns, most=question.most, read=_read_capacity)


def _language(question: Question) -> forms.Field:
    columns = (
        Column("language", _("Language"), _input(LanguageInput, maxlength=60, list="languages")),
        Column("level", _("Level"), _levels(LANGUAGE_LEVELS)),
    )
    return RowsField(columns=columns, most=question.most, read=_read_language)


def _travel_dates(question: Question) -> forms.Field:
    columns = (
        Column("starts_on", _("First day"), _input(DayInput)),
        Column("ends_on", _("Last day"), _input(DayInput)),
    )
    return RowsField(columns=columns, most=question.most, read=_read_period)


def _hours(question: Question) -> forms.Field:
    columns = (
        Column("day", _("Day"), _select([("", _("Choose a day")), *WEEK])),
        Column("starts", _("From"), _input(TimeInput)),
        Column("ends", _("Until"), _input(TimeInput)),
    )
    return RowsField(columns=columns, most=question.most, read=_read_hours)


def _country(question: Question) -> forms.Field:
    choices = [("", _("Choose a country")), *countries(language_of()).items()]
    return forms.ChoiceField(choices=choices, widget=_select(choices))


def _short(question: Question) -> forms.Field:
    return TextField(max_length=min(question.max_length or LONGEST_SHORT, LONGEST_SHORT))


def _long(question: Question) -> forms.Field:
    most = min(question.max_length or LONGEST_LONG, LONGEST_LONG)
    return TextField(max_length=most, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}))


def _number(question: Question) -> forms.Field:
    least = -LARGEST_NUMBER if question.minimum is None else question.minimum
    most = LARGEST_NUMBER if question.maximum is None else question.maximum
    return forms.IntegerField(min_value=least, max_value=most)


def _yes_no(question: Question) -> forms.Field:
    return forms.TypedChoiceField(
        choices=_or_none(question, [("true", _("Yes")), ("false", _("No"))]),
        coerce=lambda value: value == "true",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _one_of(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=_or_none(question, _choices(question)), widget=forms.RadioSelect)


class SeveralField(forms.MultipleChoiceField):
    """Several options, and no more than are allowed."""

    def __init__(self, *, most: int | None, **more: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **more)
        self.most = most

    def validate(self, value: Any) -> None:
        """Refuse more options than the question allows."""
        super().validate(value)
        if self.most and len(value) > self.most:
            raise ValidationError(
                ngettext_lazy("Please choose at most %(most)s.", "Please choose at most %(most)s.", "most"),
                params={"most": self.most},
            )


def _several_of(question: Question) -> forms.Field:
    return SeveralField(choices=_choices(question), most=question.most)


MAKERS: Mapping[str, Callable[[Question], forms.Field]] = {
    "short": _short,
    "long": _long,
    "number": _number,
    "date": lambda question: DayField(),
    "yes_no": _yes_no,
    "one_of": _one_of,
    "several_of": _several_of,
    "capacity": _capacity,
    "language": _language,
    "community": lambda question: CommunityNameField(max_length=200),
    "travel_dates": _travel_dates,
    "country": _country,
    "hours": _hours,
    "file": lambda question: forms.FileField(allow_empty_file=True, max_length=300),
}
"""What makes the field for each kind of question."""
