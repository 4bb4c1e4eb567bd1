"""Write PDF papers from our own typst templates, tagged so that a screen reader can follow them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import typst

from talka.papers.plain import lines

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parent / "fonts"

_UNSHOWABLE = ("could not be displayed", "missing codepoints")


def write_pdf(source: str, *, data: Mapping[str, Any], font_folder: Path) -> bytes:
    """Write the paper that the template `source` makes of the data; the same data gives the same bytes.

    The data is plain (mappings, sequences, text, numbers) and reaches the template as JSON, so text is
    never markup; what a template needs is written at its top. The paper follows PDF/UA-1. Only when a
    letter is in none of the fonts, or a chart holds a script whose letters the format cannot name, is it
    merely a tagged PDF: better a paper with a gap than none. Raises FileNotFoundError when the folder
    holds no fonts or there is no such template, TypeError for data that is not plain.
    """
    template = TEMPLATES / f"{source}.typ"
    if not source.isidentifier() or not template.is_file():
        raise FileNotFoundError(f"There is no paper called {source}.")
    if not any(font_folder.glob("*.ttf")):
        raise FileNotFoundError(f"There are no fonts in {font_folder}.")
    text = json.dumps(_plain(data), ensure_ascii=False, allow_nan=False)
    try:
        return _compile(template, text, font_folder, "ua-1")
    except typst.TypstError as error:
        if not any(reason in str(error) for reason in _UNSHOWABLE):
            raise
        return _compile(template, text, font_folder, None)


def _compile(template: Path, data: str, font_folder: Path, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        str(template),
        root=str(TEMPLATES),
        font_paths=[str(font_folder)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=standard,
        timestamp=0,  # A paper says when it was made in its words; the file must not.
    )


def _plain(value: Any) -> Any:
    """Copy the data with every text cleaned of what a font cannot show."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return lines(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    raise TypeError(f"A paper holds plain data only, not {type(value).__name__}.")
