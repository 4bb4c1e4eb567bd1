"""How all the pairs of a cohort do, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum

from talka.applications.queries import acting_in
from talka.blueprints.exchanges import Mentorship
from talka.exchanges.lifecycle import WORKING, ExchangeStatus, HoursStatus
from talka.exchanges.models import CheckIn, Exchange, Feeling, Hours, Mood, Nudge, Pause, Plan
from talka.exchanges.models.exchanges import ExchangeQuerySet
from talka.exchanges.rules.hours import HoursSum, sum_of
from talka.exchanges.rules.quiet import OFFER, PAUSE, STEPS, WARN, Silence, furthest, last_sign, quiet_days
from talka.kernel.models import Entry
from talka.kernel.windows import zone
from talka.programmes.models import Cycle

GONE_ON = ("resume", "go back to planning")
"""Verbs of the ledger with which a pause ends."""


@dataclass
class Pair:
    """One mentorship as the board of its cohort shows it."""

    exchange: Exchange
    hours: HoursSum
    silence: Silence
    quiet_days: int
    days_left: int | None
    check_ins: int = 0
    last_check_in: date | None = None
    # The newest mood of each side, by its part: for those only who may read moods of this pair.
    moods: dict[str, Mood] = field(default_factory=dict)

    @property
    def is_working(self) -> bool:
        """Tell whether the mentorship goes on."""
        return self.exchange.status in WORKING

    @property
    def step(self) -> str:
        """Return the last step that was taken since nothing is heard of them; "" for none."""
        return furthest(self.silence.taken) if self.is_working else ""

    @property
    def is_unhappy(self) -> bool:
        """Tell whether one of them says that it is not going well, and nobody has seen to it."""
        return any(one.feeling == Feeling.NOT_GOOD and one.seen_at is None for one in self.moods.values())


def silences_of(rows: ExchangeQuerySet, *, zone_name: str) -> dict[int, Silence]:
    """Return by mentorship since when nothing was heard of it, and which steps were taken since."""
    found = list(rows.values_list("pk", "status", "started_at", "plan__pk"))
    heard, paused = _last_heard(rows), _pauses(rows)
    taken: dict[tuple[int, date], set[str]] = defaultdict(set)
    nudges = Nudge.objects.filter(exchange__in=rows.values("pk"), step__in=STEPS)
    for key, since, step in nudges.values_list("exchange", "quiet_since", "step"):
        taken[key, since].add(step)
    silences = {}
    for key, status, started_at, plan in found:
        moments = [started_at, heard["work"].get(key), heard["plan"].get(plan)]
        days = [one.astimezone(zone(zone_name)).date() for one in moments if one is not None]
        is_paused = status == ExchangeStatus.PAUSED
        ended = paused.get(key, [])[:-1] if is_paused else paused.get(key, [])
        since = last_sign([*days, *(last + timedelta(days=1) for last in ended if last)])
        silences[key] = Silence(since, frozenset(taken[key, since]), is_paused)
    return silences


def _last_heard(rows: ExchangeQuerySet) -> dict[str, dict[int, datetime]]:
    """Return when hours, a check-in or the plan were last written, by mentorship or by plan."""
    keys = rows.values("pk")
    logged = Hours.objects.filter(exchange__in=keys).values_list("exchange").annotate(Max("logged_at"))
    talked = CheckIn.objects.filter(exchange__in=keys).values_list("exchange").annotate(Max("written_at"))
    plans = Entry.objects.filter(subject_type=Plan._meta.label_lower, subject_id__in=rows.values("plan__pk"))
    work: dict[int, datetime] = {}
    for key, moment in (*logged.order_by(), *talked.order_by()):
        work[key] = max(moment, work.get(key, moment))
    written = plans.order_by().values_list("subject_id").annotate(Max("moved_at"))
    return {"work": work, "plan": dict(written)}


def _pauses(rows: ExchangeQuerySet) -> dict[int, list[date | None]]:
    found = defaultdict(list)
    pauses = Pause.objects.filter(exchange__in=rows.values("pk")).order_by("pk")
    for key, last in pauses.values_list("exchange", "ends_on"):
        found[key].append(last)
    return found


def sums_of(rows: ExchangeQuerySet, asked: Mentorship) -> dict[int, HoursSum]:
    """Return the hours of each mentorship; what was taken back is left out."""
    lines: dict[int, list[tuple[str, str, int]]] = {key: [] for key in rows.values_list("pk", flat=True)}
    kept = Hours.objects.filter(exchange__in=rows.values("pk")).exclude(status=HoursStatus.WITHDRAWN)
    grouped = kept.order_by().values_list("exchange", "status", "seat__part").annotate(Sum("minutes"))
    for key, status, part, minutes in grouped:
        lines[key].append((status, part, minutes))
    limits = {"hours_min": asked.hours_min, "hours_max": asked.hours_max}
    return {key: sum_of(found, **limits) for key, found in lines.items()}


def newest_moods() -> QuerySet[Mood]:
    """Find what each person said last of each mentorship: only that counts."""
    later = Mood.objects.filter(
        exchange=OuterRef("exchange"), account=OuterRef("account"), given_at__gt=OuterRef("given_at")
    )
    return Mood.objects.filter(~Exists(later)).order_by("pk")


def moods_of(exchanges: Iterable[Exchange]) -> dict[int, dict[str, Mood]]:
    """Return the newest mood of each side, by mentorship and part; of several people the newest."""
    found = list(exchanges)
    sides = {seat.application_id: seat for one in found for seat in one.match.sides}
    acting = acting_in(seat.application for seat in sides.values())
    parts = {
        (one.pk, account.pk): seat.part
        for one in found
        for seat in one.match.sides
        for account in acting.get(seat.application_id, ())
    }
    moods: dict[int, dict[str, Mood]] = {one.pk: {} for one in found}
    newest = newest_moods().filter(exchange__in=moods).order_by("given_at", "pk")
    for mood in newest:
        part = parts.get((mood.exchange_id, mood.account_id))
        if part:
            moods[mood.exchange_id][part] = mood
    # Who learns comes before who teaches.
    return {key: dict(sorted(said.items())) for key, said in moods.items()}


def pairs_of(cycle: Cycle, *, today: date, hidden_from: Iterable[int] = ()) -> list[Pair]:
    """List every mentorship of a cycle with how it does.

    `hidden_from` names mentorships on whose sides the reader acts: their moods are left out.
    """
    asked = cycle.plan.mentorship
    if asked is None:
        raise LookupError(f"the blueprint of cycle {cycle.pk} has no mentorships")
    rows = Exchange.objects.mentorships().filter(match__cycle=cycle)
    exchanges = list(rows.with_sides().order_by("pk"))
    sums, silences = sums_of(rows, asked), silences_of(rows, zone_name=cycle.programme.zone)
    talked = CheckIn.objects.filter(exchange__in=rows.values("pk")).order_by().values_list("exchange")
    check_ins = {key: (count, last) for key, count, last in talked.annotate(Count("pk"), Max("held_on"))}
    hidden = set(hidden_from)
    moods = moods_of(one for one in exchanges if one.pk not in hidden)
    return [
        Pair(
            exchange=one,
            hours=sums[one.pk],
            silence=silences[one.pk],
            quiet_days=quiet_days(silences[one.pk].since, today),
            days_left=(one.ends_on - today).days if one.ends_on else None,
            check_ins=check_ins.get(one.pk, (0, None))[0],
            last_check_in=check_ins.get(one.pk, (0, None))[1],
            moods=moods.get(one.pk, {}),
        )
        for one in exchanges
    ]


def unhappy_moods(*, reader: Any) -> QuerySet[Mood]:
    """Find those who said last that it is not going well, and to whom nobody has seen yet.

    A coordinator who is part of a pair learns nothing of it, not even by a count.
    """
    unseen = newest_moods().filter(feeling=Feeling.NOT_GOOD, seen_at__isnull=True)
    own = Exchange.objects.mentorships().of_the_pair(reader)
    return unseen.filter(exchange__status__in=WORKING).exclude(exchange__in=own.values("pk"))


def unheard() -> QuerySet[Nudge]:
    """Find the steps of the clock after which nothing was heard of the mentorship."""
    after = {"exchange": OuterRef("exchange")}
    written = Entry.objects.filter(subject_type=Plan._meta.label_lower)
    resumed = Entry.objects.filter(subject_type=Exchange._meta.label_lower, verb__in=GONE_ON)
    return Nudge.objects.filter(
        ~Exists(Hours.objects.filter(**after, logged_at__gt=OuterRef("taken_at"))),
        ~Exists(CheckIn.objects.filter(**after, written_at__gt=OuterRef("taken_at"))),
        ~Exists(written.filter(subject_id=OuterRef("exchange__plan"), moved_at__gt=OuterRef("taken_at"))),
        ~Exists(resumed.filter(subject_id=OuterRef("exchange"), moved_at__gt=OuterRef("taken_at"))),
    )


def still_quiet(*steps: str) -> ExchangeQuerySet:
    """Find the mentorships for which one of the steps was taken, and of which nothing was heard since."""
    return Exchange.objects.working().filter(
        Exists(unheard().filter(exchange=OuterRef("pk"), step__in=steps))
    )


def quiet_exchanges() -> ExchangeQuerySet:
    """Find the mentorships that were warned or paused, and of which nothing was heard since."""
    return still_quiet(WARN, PAUSE).exclude(pk__in=offered_exchanges().values("pk"))


def offered_exchanges() -> ExchangeQuerySet:
    """Find the mentorships whose two were offered to look for another partner, and have not answered."""
    return still_quiet(OFFER)
