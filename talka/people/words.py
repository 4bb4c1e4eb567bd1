"""The words of the room's reasons: why a line of a table, or a request, was refused."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS: Mapping[str, Any] = {
    "import.no_name": _("The name of the community is missing."),
    "import.no_kind": _("What kind of community this is, is missing. New communities need it."),
    "import.twice": _("The same community is already in line %(line)s."),
    "import.too_long": _("This is too long: %(most)s characters at most."),
    "import.unknown_kind": _(
        "“%(value)s” is no kind of community. Write chapter, thematic organisation, user group or informal."
    ),
    "import.unknown_country": _(
        "“%(value)s” is no country. Write two letters, such as PL, or its English name."
    ),
    "import.unknown_region": _(
        "“%(value)s” is no Wikimedia region. Write one of the eight, such as “Sub-Saharan Africa”."
    ),
    "import.unknown_language": _(
        "“%(value)s” is no language. Write codes or English names with commas between, such as: pl, English."
    ),
    "import.too_many_languages": _("These are too many languages: %(most)s at most."),
    "import.unknown_size": _("“%(value)s” is no size. Write how many people are active, such as 12."),
    "import.unknown_activity": _("“%(value)s” is not known. Write starting, occasional, regular or strong."),
    "import.unknown_maturity": _("“%(value)s” is not known. Write developing or established."),
    "import.no_day": _("“%(value)s” is no day. Write year-month-day, such as 2027-03-31."),
    "import.period_without_start": _("This has a last day but no first day. Fill in the first day as well."),
    "import.period_backwards": _("The last day is before the first."),
    "import.period_overlaps": _(
        "This overlaps with what Talka has: from %(starts_on)s. Mend the days here, or there first."
    ),
    "import.unclear_meeting": _(
        "“%(value)s” cannot be read. Write each meeting with its last day and semicolons between, "
        "such as: CEE Meeting 2025 2025-09-28; CEE Meeting 2026 2026-10-04."
    ),
    # What makes a file unreadable as a whole; see talka.papers.tables.
    "table.empty": _("The file is empty."),
    "table.too_large": _("The file is too large: %(megabytes)s megabytes at most."),
    "table.too_many_rows": _("The file has too many lines: %(limit)s at most."),
    "table.too_many_columns": _("The file has too many columns: %(limit)s at most."),
    "table.not_a_spreadsheet": _("This is no table that Talka can read. Save it as CSV (UTF-8) or as XLSX."),
    "table.broken_line": _(
        "Line %(line)s is broken: look for a quotation mark that is opened and never closed."
    ),
    "table.no_header": _("Line %(line)s should hold the names of the columns."),
    "table.unnamed_column": _("Line %(line)s has something in column %(column)s, which has no name."),
    "table.duplicate_header": _("Two columns are called “%(header)s”."),
    "import.no_name_column": _("There is no column “name”."),
    # Communities
    "community.name_taken": _("A community with this name is already here."),
    "community.period_overlaps": _(
        "This overlaps with the period from %(starts_on)s. Remove that one first."
    ),
    "community.period_backwards": _("The last day is before the first."),
    "community.meeting_known": _("That the community took part in this meeting is already here."),
    # Representatives
    "representation.already_asked": _("This person was asked already and has not answered."),
    "representation.invented": _("This address belongs to somebody invented for a rehearsal."),
    "representation.already_represents": _("This person represents the community already."),
    "representation.too_many_open": _(
        "%(most)s people were asked and have not answered. Wait for them, or take back an invitation first."
    ),
}
