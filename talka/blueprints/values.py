"""What blueprints and forms are made of: keys, texts in several languages, frozen records."""

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializationInfo,
)
from pydantic_core import PydanticCustomError

from talka.blueprints.mistakes import WORDS
from talka.kernel.wording import Wording, in_order

LONGEST_TEXT = 20_000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Frozen(BaseModel):
    """A record that never changes and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, hide_input_in_errors=True)


def wrong(key: str, **values: Any) -> PydanticCustomError:
    """Build the error for a validator to raise, with the words of the mistake."""
    # pydantic fills its templates its own way; `mistakes_of` says the words again from key and values.
    words = WORDS[f"blueprint.{key}"]
    return PydanticCustomError(key, re.sub(r"%\((\w+)\)s", r"{\1}", words), values or None)


def _check_key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise wrong("not_a_key")
    return text


def _check_language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise wrong("not_a_language", name=code)
    return code


def _tidied(text: Any) -> Any:
    # Browsers send CRLF from a text area; the same text must stay the same text.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(text, str) else text


def _check_text(text: str) -> str:
    if not text:
        raise wrong("empty_text")
    return text


def _check_characters(text: Any) -> Any:
    # Before pydantic reads it: PostgreSQL refuses NUL in JSON, and half a surrogate pair cannot be encoded.
    if isinstance(text, str) and _CONTROL.search(text):
        raise wrong("control_characters")
    return text


def check_address(address: str) -> str:
    """Return the address, if it is one of the web. Raises what pydantic reports."""
    # The check is also what keeps "javascript:" out of a link.
    if not re.fullmatch(r"https?://\S+", address):
        raise wrong("not_an_address")
    return address


def _check_words(wording: Wording) -> Wording:
    if not wording:
        raise wrong("empty_words")
    return wording


def _read_words(given: Any) -> Any:
    return {"en": given} if isinstance(given, str) else given


def _write_words(wording: Wording, info: SerializationInfo) -> Any:
    short = (info.context or {}).get("toml") and list(wording) == ["en"]
    return wording["en"] if short else dict(wording)


Key = Annotated[str, AfterValidator(_check_key)]
"""A name in code: small letters, digits and underscores."""

Language = Annotated[str, AfterValidator(_check_language)]
"""A language code, such as "en" or "pt-br"."""

Count = Annotated[int, Field(ge=1, le=10_000)]
"""How many, at least one."""

Text = Annotated[
    str,
    Field(max_length=LONGEST_TEXT),
    BeforeValidator(_check_characters),
    BeforeValidator(_tidied),
    AfterValidator(_check_text),
]
"""A text with at least one visible character, without white space around it."""

MoreWords = Annotated[
    dict[Language, Text],
    BeforeValidator(_read_words),
    AfterValidator(in_order),
    PlainSerializer(_write_words),
]
"""A wording that may be left out. In TOML a bare string is English."""

Words = Annotated[MoreWords, AfterValidator(_check_words)]
"""A wording with a text in at least one language. In TOML a bare string is English."""
