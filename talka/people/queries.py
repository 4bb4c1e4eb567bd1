"""Communities as pages and tables list them."""

from collections.abc import Mapping

from django.db.models import Count, Prefetch, Q
from django.utils import translation

from talka.people.actions.imports import as_plain
from talka.people.models import Community, Representation, SupportKind, SupportPeriod
from talka.people.models.communities import CommunityQuerySet
from talka.people.reading import COLUMNS

MISSING: Mapping[str, Q] = {
    "country": Q(country=""),
    "region": Q(region=""),
    "languages": Q(languages=[]),
    "size": Q(size=""),
    "activity": Q(activity=""),
    "maturity": Q(maturity=""),
    "representative": Q(representatives=0),
}
"""What the office fills in: by the name of the fact, how to find those without it."""


def listed_communities(
    *, words: str = "", region: str = "", kind: str = "", country: str = "", missing: str = ""
) -> CommunityQuerySet:
    """Find communities by what is given, in the order of their names, each with its `representatives` count.

    `missing` is a name of MISSING, or "any" for those that lack any of it. Invented communities of
    rehearsals are left out.
    """
    found = Community.objects.real().named_like(words)
    for field, value in (("region", region), ("kind", kind), ("country", country)):
        found = found.filter(**{field: value}) if value else found
    found = found.annotate(
        representatives=Count("representations", filter=Q(representations__status="accepted"))
    )
    if missing == "any":
        lacking = Q()
        for lack in MISSING.values():
            lacking |= lack
        found = found.filter(lacking)
    elif missing in MISSING:
        found = found.filter(MISSING[missing])
    return found.order_by("name", "pk")


def missing_facts(community: Community) -> list[str]:
    """Name what a listed community lacks, in the words of MISSING."""
    return [
        fact
        for fact in MISSING
        if not getattr(community, "representatives" if fact == "representative" else fact)
    ]


def community_rows(communities: CommunityQuerySet) -> list[tuple[str, ...]]:
    """Write communities as rows under COLUMNS, so that the table can be imported again.

    Choices are written in English, as tables are read. A community with several periods of one kind is
    written with the latest.
    """
    periods = Prefetch("support_periods", SupportPeriod.objects.order_by("starts_on", "pk"))
    with translation.override("en"):
        return [_row(one) for one in communities.prefetch_related(periods, "meetings_attended")]


def _row(community: Community) -> tuple[str, ...]:
    cells = {column: as_plain(getattr(community, column, "")) for column in COLUMNS}
    for column in ("kind", "region", "activity", "maturity"):
        cells[column] = str(getattr(community, f"get_{column}_display")())
    # With this dash no spreadsheet takes "6–20" for a day in June.
    cells["size"] = community.size.replace("-", "–")
    for prefix, kind in (("recognised", SupportKind.RECOGNITION), ("gsf", SupportKind.GENERAL_SUPPORT)):
        for period in community.support_periods.all():
            if period.kind == kind:
                cells[f"{prefix}_from"] = as_plain(period.starts_on)
                cells[f"{prefix}_until"] = as_plain(period.ends_on)
    cells["cee_meetings"] = "; ".join(
        f"{one.meeting} {one.ended_on}" for one in community.meetings_attended.all()
    )
    return tuple(cells[column] for column in COLUMNS)


def representations_of(community: Community) -> list[Representation]:
    """List who represents a community or was asked to, representatives first."""
    return list(
        community.representations.filter(status__in=["accepted", "invited"])
        .select_related("account")
        .order_by("status", "name", "pk")
    )


def regions_by_country() -> dict[str, str]:
    """Return for each country the region that most communities of the directory there are in."""
    known = Community.objects.real().exclude(country="").exclude(region="")
    counts = known.values_list("country", "region").annotate(count=Count("pk")).order_by("count", "region")
    return {country: region for country, region, _ in counts}
