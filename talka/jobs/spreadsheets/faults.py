"""What can be wrong with a table of people, its policy or a sealed run, in words that say what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.matching.queries.reasons import FAULTS
from talka.people.words import REASONS as TABLES

CELLS = {
    "people.column_missing": _(
        "There is no column “%(column)s”. Call a column so, or say under [columns] of the policy which "
        "one it is."
    ),
    "people.no_rows": _("The table has headings and nobody under them. Write a line for each person."),
    "people.no_name": _("The name is missing. Write one, or an id."),
    "people.name_a_date": _(
        "“%(text)s” is no name. If the spreadsheet made a date of it, format the column as text."
    ),
    "people.topic_without_letters": _(
        "“%(text)s” is no topic. Write the topic, and its level behind it: wikidata:3."
    ),
    "people.failed_formula": _(
        "The formula of this cell has failed (%(text)s). Write what it should be, or empty it."
    ),
    "people.no_topic": _(
        "It is not said what this person needs or offers. Fill in one of the two, or a role."
    ),
    "people.too_long": _("This is too long. Write %(most)s characters at most."),
    "people.too_many": _("These are too many. Keep the %(most)s most important ones."),
    "people.twice": _("“%(text)s” is there twice. Leave one out."),
    "people.role": _(
        "“%(text)s” is no role. Write learner, mentor or both, or say under [words] of the policy which "
        "it is."
    ),
    "people.capacity": _(
        "“%(text)s” is not under [capacities] of the policy. Add it there, or change it here."
    ),
    "people.capacity_like": _(
        "“%(text)s” is not under [capacities] of the policy. Did you mean “%(like)s”? Otherwise add it there."
    ),
    "people.level": _(
        "The level “%(text)s” of “%(about)s” is not known. Write a whole number from 1 to 5, "
        "or say under [levels] of the policy which it is."
    ),
    "people.language": _(
        "“%(text)s” is a language nobody knows. Write its code, such as pl, or its English name."
    ),
    "people.language_level": _(
        "The level “%(text)s” of “%(about)s” is not known. Write a whole number from 0 to 5, or N for a "
        "native "
        "speaker, or say under [levels] of the policy which it is."
    ),
    "people.day": _(
        "“%(text)s” is no day. Write year-month-day, such as 2027-05-01, or 1.5.2027, and two days with a "
        "stroke between: 2027-05-01/2027-05-20."
    ),
    "people.dates_backwards": _("%(last)s is before %(first)s. Write the first day first."),
    "people.hours": _(
        "“%(text)s” is no time of the week. Write it like Mon 18:00-21:00, or Mon-Fri 7:30-9:00."
    ),
    "people.hours_empty": _("“%(text)s” ends when it begins. Write it like Mon 18:00-21:00."),
    "people.clock": _("No clock shows “%(text)s”. Write times from 00:00 to 24:00."),
    "people.no_zone": _(
        "There are hours and no time zone. Write where the clock hangs, such as Europe/Warsaw."
    ),
    "people.zone": _("“%(text)s” is a time zone nobody knows. Write it like Europe/Warsaw."),
    "people.zone_like": _("“%(text)s” is a time zone nobody knows. Did you mean %(like)s?"),
    "people.format": _("“%(text)s” is not under [travels] of the policy. Add it there, or change it here."),
    "people.format_like": _("“%(text)s” is not under [travels] of the policy. Did you mean “%(like)s”?"),
    "people.places": _(
        "“%(text)s” is no number of places. Write 2 for at most two, or 1-3 for one to three."
    ),
    "people.places_date": _(
        "The spreadsheet made a date of this. Format the column as text, and write 1-3 for one to three "
        "places again."
    ),
    "people.places_order": _(
        "At least %(fewest)s is more than at most %(most)s. Write the smaller number first."
    ),
    "people.priority": _(
        "“%(text)s” is no priority. Write a whole number from 1 to %(most)s; 1 comes first."
    ),
    "people.truth": _(
        "“%(text)s” is neither yes nor no. Write one of the two, or say under [words] of the policy which it "
        "is: true or false."
    ),
    "people.id_twice": _(
        "The id “%(text)s” is in line %(first)s already. Give each person an id of their own."
    ),
    "people.nobody": _("Nobody in the table is called “%(text)s”. Write an id or a name that is in it."),
    "people.nobody_like": _("Nobody in the table is called “%(text)s”. Did you mean “%(like)s”?"),
    "people.several": _("Several people are called “%(text)s”. Give them ids, and write the id."),
    "people.itself": _("This names the person of this very line. Name somebody else, or leave it empty."),
    "people.same_side": _(
        "This person and %(other)s cannot be a pair: one of the two has to learn, and the other to teach."
    ),
    "people.wished_and_avoided": _("%(other)s is wished for and avoided at once. Take one of the two away."),
    "people.lock_and_ban": _(
        "%(learner)s and %(mentor)s are kept apart by a ban in line %(line)s. Take the lock away, or the ban."
    ),
}
SETTINGS = {
    "policy.toml": _(
        "This is no TOML: %(said)s. Words with spaces need quotation marks, on both sides of “=”."
    ),
    "policy.setting": _(
        "There is no setting “%(text)s”. `talka match --template` writes a policy with all of them."
    ),
    "policy.setting_like": _("There is no setting “%(text)s”. Did you mean “%(like)s”?"),
    "policy.kind.text": _("This must be a text in quotation marks."),
    "policy.kind.number": _("This must be a whole number, without quotation marks."),
    "policy.kind.list": _("This must be a list in square brackets."),
    "policy.kind.table": _(
        "This must be a table with a heading in square brackets, and a line for each entry."
    ),
    "policy.kind.trip": _("This must be like { cost = 120, visa = false }."),
    "policy.number": _("This must be a whole number from 0 to %(most)s."),
    "policy.rule": _(
        "There is no rule “%(text)s”. `talka match --template` writes a policy with all of them."
    ),
    "policy.rule_like": _("There is no rule “%(text)s”. Did you mean “%(like)s”?"),
    "policy.part": _(
        "Nothing to weigh is called “%(text)s”. `talka match --template` writes a policy with all."
    ),
    "policy.part_like": _("Nothing to weigh is called “%(text)s”. Did you mean “%(like)s”?"),
    "policy.no_weight": _(
        "Nothing counts. Give at least one weight above 0, such as topic = 3 under [weights]."
    ),
    "policy.period": _("Write the first and the last day of the meetings, such as [2027-05-01, 2027-06-30]."),
    "policy.understands": _(
        '“%(text)s” cannot be read. Write who understands whom like "cs>sk" = 4, with a level from 0 to 6.'
    ),
    "policy.trip": _(
        'The trip “%(text)s” cannot be read. Write it like "PL>LT" = { cost = 120, visa = false }.'
    ),
    "policy.column": _(
        "Talka has no column “%(text)s”. `talka match --template` writes a table with all of them."
    ),
    "policy.column_like": _("Talka has no column “%(text)s”. Did you mean “%(like)s”?"),
    "policy.spread": _(
        "“%(text)s” cannot be. Only needs, offers and languages have headings of their own for each entry, "
        'like "needs:editathons".'
    ),
}
# What the engine says of a blueprint, said of a policy: its author reads it, and can change it.
ENGINE = {
    "matching.fault.unknown_rule": _("There is no rule “%(rule)s”."),
    "matching.fault.unknown_verdict": _('Write "pass" or "fail", not “%(verdict)s”.'),
    "matching.fault.negative_weight": _("A weight cannot be below 0."),
    "matching.fault.weight_too_high": _("A weight cannot be above %(highest)d."),
    "matching.fault.unknown_zone_of_policy": _(
        "“%(zone)s” is a time zone nobody knows. Write it like Europe/Warsaw."
    ),
    "matching.fault.no_period": _(
        "Hours are asked for. Write from which day to which, such as period = [2027-05-01, 2027-06-30]."
    ),
    "matching.fault.period_backwards": _("The last day is before the first. Write the first day first."),
    "matching.fault.loop_in_tree": _(
        "“%(capacity)s” stands above itself. Take one of the lines in the circle away."
    ),
    "matching.fault.unknown_traveller": _('Write who travels: "learner", "teacher" or "nobody".'),
}
FILES = {
    "table.not_utf8": _("This letter is not in UTF-8. Save the table as “CSV UTF-8”, or as XLSX."),
}
WORDS: Mapping[str, Any] = {**TABLES, **FAULTS, **CELLS, **SETTINGS, **ENGINE, **FILES}
