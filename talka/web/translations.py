"""Messages out of the code for translators, and their work back into it.

Run as `python -m talka.web.translations compile`, `merge` or `check` in a checkout. Babel does the work, so
that nobody needs the gettext tools; Django's own `templatize` tells it what a template says.
"""

import argparse
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.extract import extract_python as extract_from_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

TALKA = Path(__file__).resolve().parent.parent
LOCALE = TALKA / "locale"
TEMPLATE = LOCALE / "django.pot"
HINT = "Translators:"
# `qqq` explains the messages to translators; nobody reads pages in it.
DOCUMENTATION = "qqq"
METHODS = [
    ("**.py", "python"),
    ("**.html", "talka.web.translations:extract_template"),
    ("**.txt", "talka.web.translations:extract_template"),
]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_template(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterable[tuple[int, Any, list[str], str | None]]:
    """Yield the messages of a Django template, as Babel expects of an extraction method."""
    source = templatize(file.read().decode())
    # What templatize leaves is read as Python, where the indentation of HTML would be an error.
    flat = "\n".join(line.lstrip() for line in source.split("\n"))
    return extract_from_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


def extract() -> Catalog:
    """Gather every message of Talka into a catalogue, in the same order on every machine."""
    messages = Catalog(project="Talka", copyright_holder="The Talka authors", charset="utf-8")
    found = extract_from_dir(TALKA, METHODS, keywords=KEYWORDS, comment_tags=[HINT], strip_comment_tags=False)
    for path, line, message, comments, context in sorted(found, key=lambda one: one[:2]):
        messages.add(message, locations=[(f"talka/{path}", line)], auto_comments=comments, context=context)
    return messages


def catalogues() -> list[Path]:
    """List the catalogues people translate, a file a language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """Read a catalogue; its locale is its folder's name."""
    with path.open("rb") as file:
        code = path.parent.parent.name
        return read_po(file, locale=None if code == DOCUMENTATION else code, abort_invalid=True)


def written(catalogue: Catalog, **options: Any) -> bytes:
    """Return a catalogue as the bytes of its file, without line numbers: those change all the time."""
    file = io.BytesIO()
    write_po(file, catalogue, width=110, sort_by_file=True, include_lineno=False, **options)
    return file.getvalue()


def merge() -> list[str]:
    """Write the template, and bring each catalogue up to it.

    What was translated stays; a message that is gone is kept as obsolete. Nothing is guessed, because a guess
    looks like a translation.
    """
    LOCALE.mkdir(exist_ok=True)
    messages = extract()
    TEMPLATE.write_bytes(written(messages, omit_header=True))
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(
            messages, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True
        )
        path.write_bytes(written(catalogue))
    return []


def compile_all() -> list[str]:
    """Compile each catalogue to the file Django reads, or list the faults that forbid it."""
    faults = faulty()
    if not faults:
        for path in catalogues():
            if path.parent.parent.name != DOCUMENTATION:
                with path.with_suffix(".mo").open("wb") as file:
                    write_mo(file, read(path))
    return faults


def faulty() -> list[str]:
    """List the translations that would break a page, a placeholder lost for example."""
    return [
        f"{path.relative_to(TALKA.parent)}:{message.lineno}: {fault}"
        for path in catalogues()
        for message, faults in read(path).check()
        for fault in faults
    ]


def check() -> list[str]:
    """List what is wrong with the catalogues, without changing any."""
    faults = faulty()
    fresh = written(extract(), omit_header=True)
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != fresh:
        faults.append(f"{TEMPLATE.relative_to(TALKA.parent)} is not what the code says: run ./dev fix")
    return faults


def main() -> None:
    """Do what the command line asks, and fail when a fault was found."""
    verbs: dict[str, Callable[[], list[str]]] = {"compile": compile_all, "merge": merge, "check": check}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=verbs)
    faults = verbs[parser.parse_args().verb]()
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
