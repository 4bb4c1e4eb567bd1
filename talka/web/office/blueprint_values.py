"""The main values of a blueprint, as a table: what each is called, how it looks, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.blueprints.reading import pack, shipped
from talka.blueprints.schema import Blueprint
from talka.web.templatetags.words import said

SECTIONS = {
    "names": gettext_lazy("Roles and what a cycle is called"),
    "criteria": gettext_lazy("Who can take part"),
    "commitments": gettext_lazy("What applicants promise"),
    "scores": gettext_lazy("Reviews and scores"),
    "matching": gettext_lazy("How partners are found"),
    "exchange": gettext_lazy("What a match leads to: exchanges, reports, certificates and costs"),
}

RULES = {
    # Translators: criteria of a programme, each with a tick box that switches it on.
    "is_a_community": gettext_lazy("The applicant is a community"),
    "in_region": gettext_lazy("The community is in the region"),
    "without_general_support": gettext_lazy("The community has no General Support Fund grant"),
    "took_part_recently": gettext_lazy("The community was at a regional meeting lately"),
    "developing_or_new_topic": gettext_lazy("The community is developing, or the topic is new to it"),
    "established_with_expertise": gettext_lazy("The community is established and has the expertise"),
    "says_yes_to": gettext_lazy("The applicant answers a question with yes"),
}

PARAMETERS = {
    "regions": gettext_lazy("Regions"),
    "years": gettext_lazy("Within how many years"),
    "meeting": gettext_lazy("Name of the meeting"),
    "question": gettext_lazy("Key of the question"),
    "affiliates_exempt": gettext_lazy("Recognised affiliates need not have been there"),
}

WEIGHTS = {
    # Translators: parts of how well two communities fit, each with its weight.
    "topic": gettext_lazy("Topics in common"),
    "level": gettext_lazy("Distance in level"),
    "language": gettext_lazy("A common language"),
    "dates": gettext_lazy("Dates that overlap"),
    "wish": gettext_lazy("Who wished for whom"),
    "newcomer": gettext_lazy("New to the programme"),
    "hours": gettext_lazy("Hours in common"),
    "near": gettext_lazy("The same country or region"),
    "fresh": gettext_lazy("Not together before"),
}

VISIT = {
    "min_days": gettext_lazy("Days on site, at least"),
    "max_days": gettext_lazy("Days on site, at most"),
    "questions_min": gettext_lazy("Questions sent ahead, at least"),
    "questions_max": gettext_lazy("Questions sent ahead, at most"),
}

MENTORSHIP = {
    "months": gettext_lazy("How many months a mentorship lasts"),
    "hours_min": gettext_lazy("Hours of work, at least"),
    "hours_max": gettext_lazy("Hours of work, at most"),
    "check_in_days": gettext_lazy("A pair talks at least once in how many days"),
    "led_check_ins_min": gettext_lazy("Check-ins with the organisers, at least"),
    "confirm_days": gettext_lazy("Days to confirm the hours of the other"),
}

QUIET = {
    # Translators: how many days a pair may be quiet before each step; 0 switches the step off.
    "remind_days": gettext_lazy("Quiet pairs are reminded after how many days"),
    "warn_days": gettext_lazy("Quiet pairs are warned after how many days"),
    "pause_days": gettext_lazy("Quiet pairs are paused after how many days"),
    "offer_days": gettext_lazy("A new match is offered after how many days"),
}

CERTIFICATE = {
    "hours_min": gettext_lazy("%(certificate)s: confirmed hours, at least"),
    "led_check_ins_min": gettext_lazy("%(certificate)s: check-ins with the organisers, at least"),
}

REPORT = {
    "due_months": gettext_lazy("A report is due after how many months"),
    "evidence_min": gettext_lazy("Pictures or other evidence in a report, at least"),
    "next_steps_min": gettext_lazy("Next steps in a report, at least"),
}


@dataclass(frozen=True)
class Value:
    """One value: the path to it in the packed blueprint, and how it is asked for.

    `kind` is "words" (short, in several languages), "texts" (long ones), "whole", "tick", "text", "list" or
    "regions".
    """

    path: tuple[Any, ...]
    label: str
    kind: str

    @property
    def name(self) -> str:
        """Name the field of a form."""
        return "-".join(str(step) for step in self.path)


def editable(plan: Blueprint) -> dict[str, Any]:
    """Pack a blueprint for editing: with every criterion it could have, each marked on or off."""
    data = pack(plan)
    origin = shipped().get(plan.key)
    possible = pack(origin)["criteria"] if origin else []
    mine = {(criterion["role"], criterion["rule"]): criterion for criterion in data["criteria"]}
    roles = {role.key for role in plan.roles}
    missing = [
        criterion | {"on": False}
        for criterion in possible
        if (criterion["role"], criterion["rule"]) not in mine and criterion["role"] in roles
    ]
    data["criteria"] = [criterion | {"on": True} for criterion in data["criteria"]] + missing
    return data


def finished(data: dict[str, Any]) -> dict[str, Any]:
    """Turn an edited blueprint back into a packed one: criteria that are off are left out."""
    kept = [criterion for criterion in data["criteria"] if criterion["on"]]
    criteria = [{key: value for key, value in criterion.items() if key != "on"} for criterion in kept]
    return data | {"criteria": criteria}


def at(data: Any, path: Iterable[Any]) -> Any:
    """Return what stands at the path."""
    for step in path:
        data = data[step]
    return data


def put(data: Any, path: tuple[Any, ...], value: Any) -> None:
    """Write a value at the path."""
    at(data, path[:-1])[path[-1]] = value


def values_of(section: str, data: dict[str, Any]) -> list[Value]:
    """List the values of one section of an editable blueprint."""
    return _VALUES[section](data)


def _names(data: dict[str, Any]) -> list[Value]:
    found = [Value(("cycle_label",), _("What a cycle is called"), "words")]
    for index, role in enumerate(data["roles"]):
        name = {"role": said(role["name"])}
        found.append(Value(("roles", index, "name"), _("Role “%(role)s”") % name, "words"))
        label = _("What “%(role)s” means") % name
        found.append(Value(("roles", index, "description"), label, "texts"))
    return found


def _criteria(data: dict[str, Any]) -> list[Value]:
    roles = {role["key"]: said(role["name"]) for role in data["roles"]}
    found = []
    for index, criterion in enumerate(data["criteria"]):
        rule = RULES.get(criterion["rule"], criterion["rule"].replace("_", " "))
        # Translators: a criterion and the role it is asked of: "Mentee: the applicant is a community".
        label = _("%(role)s: %(rule)s") % {"role": roles[criterion["role"]], "rule": rule}
        found.append(Value(("criteria", index, "on"), label, "tick"))
        for name, value in criterion["params"].items():
            words = PARAMETERS.get(name, name.replace("_", " "))
            # Translators: a value of a criterion and the role it is asked of: "Regions (Mentee community)".
            label = _("%(value)s (%(role)s)") % {"value": words, "role": roles[criterion["role"]]}
            kind = "regions" if name == "regions" else _kind_of(value)
            found.append(Value(("criteria", index, "params", name), label, kind))
    return found


def _kind_of(value: Any) -> str:
    kinds = {bool: "tick", int: "whole", str: "text"}
    return kinds.get(type(value), "list")


def _commitments(data: dict[str, Any]) -> list[Value]:
    return [
        Value(("commitments", index, "text"), _("Promise %(number)s") % {"number": index + 1}, "texts")
        for index in range(len(data["commitments"]))
    ]


def _scores(data: dict[str, Any]) -> list[Value]:
    found = [Value(("reviews_wanted",), _("How many reviews each application should get"), "whole")]
    for index in range(len(data["scores"])):
        number = {"number": index + 1}
        found.append(Value(("scores", index, "name"), _("Score %(number)s") % number, "words"))
        found.append(
            Value(("scores", index, "help"), _("Score %(number)s: what to look at") % number, "texts")
        )
        found.append(Value(("scores", index, "lowest"), _("Score %(number)s: lowest") % number, "whole"))
        found.append(Value(("scores", index, "highest"), _("Score %(number)s: highest") % number, "whole"))
    return found


def _matching(data: dict[str, Any]) -> list[Value]:
    if not data["matching"]:
        return []
    found = [
        Value(("matching", "answer_days"), _("Days to answer a proposed partner"), "whole"),
        Value(
            ("matching", "minimum_language_level"),
            _("Level of a common language, at least (0 to 6)"),
            "whole",
        ),
    ]
    for name in data["matching"]["weights"]:
        label = _("Weight: %(part)s") % {"part": WEIGHTS.get(name, name)}
        found.append(Value(("matching", "weights", name), label, "whole"))
    return found


def _of_exchange(exchange: dict[str, Any]) -> list[Value]:
    """List what is asked of a visit, or of a mentorship."""
    names = {"visit": VISIT, "mentorship": MENTORSHIP}.get(exchange.get("kind", ""), {})
    found = [Value(("exchange", name), str(label), "whole") for name, label in names.items()]
    if "quiet" in exchange:
        found += [Value(("exchange", "quiet", name), str(label), "whole") for name, label in QUIET.items()]
    return found


def _certificates(data: dict[str, Any]) -> list[Value]:
    found = []
    for index, certificate in enumerate(data["certificates"]):
        name = {"certificate": said(certificate["title"])}
        here = ("certificates", index)
        found.append(Value((*here, "title"), _("%(certificate)s: its title") % name, "words"))
        found.append(Value((*here, "text"), _("%(certificate)s: what it says") % name, "texts"))
        found += [Value((*here, key), str(label) % name, "whole") for key, label in CERTIFICATE.items()]
        label = _("%(certificate)s: the agreed goals have to be met") % name
        found.append(Value((*here, "goals_met"), label, "tick"))
    return found


def _exchange(data: dict[str, Any]) -> list[Value]:
    found = [*_of_exchange(data["exchange"] or {}), *_certificates(data)]
    if data["report"]:
        found += [Value(("report", name), str(label), "whole") for name, label in REPORT.items()]
    for index, cost in enumerate(data["costs"]):
        label = _("The programme pays: %(cost)s") % {"cost": said(cost["name"])}
        found.append(Value(("costs", index, "covered"), label, "tick"))
    return found


_VALUES = {
    "names": _names,
    "criteria": _criteria,
    "commitments": _commitments,
    "scores": _scores,
    "matching": _matching,
    "exchange": _exchange,
}
