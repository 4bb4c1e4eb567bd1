"""The report of a matching: one page that needs nothing else, for a screen and for paper."""

from pathlib import Path

from django.template import Context, Engine
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from talka.jobs.spreadsheets.faults import WORDS
from talka.jobs.spreadsheets.findings import Findings
from talka.jobs.spreadsheets.sealed import aim_of
from talka.jobs.spreadsheets.words import sentences
from talka.matching.engine import Outcome, Policy, Proof
from talka.matching.engine.files.people import Asked
from talka.matching.queries.fits import PART_NAMES, RULE_NAMES, UNIT

PAGES = Path(__file__).parent / "pages"
IN_POINTS = ("worst", "total")
MOST_NOTES_SHOWN = 200
UNSAID = {
    # Translators: what somebody may have left unsaid, in a list: "languages, dates".
    "common_language": _("languages"),
    "dates_overlap": _("dates"),
    "hours_overlap": _("hours"),
    "different_country": _("country"),
}


def report_page(asked: Asked, outcome: Outcome, findings: Findings) -> str:
    """Return the report as a page of HTML in the language of the moment, the same for the same matching."""
    engine = Engine(dirs=[str(PAGES)], builtins=["django.templatetags.i18n"])
    policy = asked.request.policy
    context = {
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "title": asked.policy.title,
        "figures": findings.figures,
        "pairs": findings.pairs,
        "learners_left": [one for one in findings.left if one.learns],
        "mentors_left": [one for one in findings.left if not one.learns],
        "rules": [RULE_NAMES[rule] for rule in policy.hard],
        "passing": [
            UNSAID[rule] for rule in policy.hard if policy.unknown.get(rule) == "pass" and rule in UNSAID
        ],
        "has_locks": any(pair.is_locked for pair in findings.pairs),
        "weights": _weights(policy),
        "rungs": _rungs(asked, outcome),
        "ignored": asked.ignored,
        "notes": sentences(asked.notes, WORDS, MOST_NOTES_SHOWN),
        "seal": outcome.seal,
        "version": outcome.engine_version,
        "by_line": any(key == str(line) for key, line in asked.lines.items()),
    }
    return engine.get_template("report.html").render(Context(context))


def _weights(policy: Policy) -> list[tuple[str, int]]:
    """Return what counts, the weightiest first."""
    parts = sorted(policy.weights.items(), key=lambda part: (-part[1], part[0]))
    return [(PART_NAMES[part], weight) for part, weight in parts if weight]


def _rungs(asked: Asked, outcome: Outcome) -> list[tuple[str, str]]:
    """Return the aims that were followed; not that of a priority if nobody with it was left to choose for."""
    locked = {pair.learner for pair in outcome.pairs if pair.locked}
    given = {f"matched_{one.priority}" for one in asked.request.learners if one.key not in locked}
    proofs = [proof for proof in outcome.certificate if proof.level != "ties"]
    return [_rung(one) for one in proofs if one.level in given or not one.level.startswith("matched_")]


def _rung(proof: Proof) -> tuple[str, str]:
    """Return an aim in words, and what was reached."""
    if proof.level not in IN_POINTS:
        return aim_of(proof.level), number_format(proof.value)
    points = number_format(proof.value / UNIT, decimal_pos=1)
    # Translators: how many points a pair has, or all pairs together; with one place after the comma.
    return aim_of(proof.level), say("%(points)s points") % {"points": points}
