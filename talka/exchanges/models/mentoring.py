"""What the two of a mentorship agree on, do and say: goals, hours, check-ins, moods, pauses, an early end."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.exchanges.lifecycle import HOURS, HoursStatus
from talka.exchanges.models.exchanges import Exchange
from talka.exchanges.models.plans import Plan
from talka.kernel.models import Versioned
from talka.matching.models import Seat


class PlanGoal(models.Model):
    """One goal of a plan, on which both sides agreed by signing it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="agreed_goals")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("goal"), max_length=500)
    evidence = models.CharField(_("how you will know"), max_length=500, blank=True)
    by_when = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Met(models.TextChoices):
    YES = "yes", _("Reached")
    PARTLY = "partly", _("Partly reached")
    NO = "no", _("Not reached")


class GoalJudgement(models.Model):
    """What one side says of a goal at the end. A goal is reached when both say so."""

    goal = models.ForeignKey(PlanGoal, on_delete=models.CASCADE, related_name="judgements")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    met = models.CharField(_("reached"), max_length=10, choices=Met.choices)
    note = models.CharField(_("in a sentence"), max_length=500, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "seat"], name="goal_judged_once")]

    def __str__(self) -> str:
        return f"{self.met} {self.goal_id}"


class Hours(Versioned):
    """Time that the two worked together, written down by one side and confirmed by the other."""

    LIFECYCLE = HOURS

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="hours")
    # The side that wrote it down; the other one confirms it.
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("how long"))
    what = models.CharField(_("what you did"), max_length=300)
    status = models.CharField(max_length=20, choices=HoursStatus.choices, default=HoursStatus.LOGGED)
    question = models.CharField(_("what is not clear"), max_length=300, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    logged_at = models.DateTimeField()
    # Who said last whether it is right, and when.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=24 * 60), name="hours_of_one_day"
            )
        ]
        indexes = [models.Index(fields=["exchange", "status"], name="hours_of_exchange")]

    def __str__(self) -> str:
        return f"{self.minutes} minutes on {self.day}"


class CheckIn(models.Model):
    """The two talked about how it goes; a dated line, with words that only they read."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="check_ins")
    held_on = models.DateField(_("day"))
    words = models.TextField(_("what you agreed"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "held_on"], name="check_in_once_a_day")]

    def __str__(self) -> str:
        return f"check-in on {self.held_on}"


class Feeling(models.TextChoices):
    GOOD = "good", _("Good")
    UNSURE = "unsure", _("I am not sure")
    NOT_GOOD = "not_good", _("Not good")


class Mood(models.Model):
    """How one of them says it is going. Only the coordinators read it, never the partner."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="moods")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    feeling = models.CharField(_("how it is going"), max_length=10, choices=Feeling.choices)
    words = models.TextField(_("in a few words"), blank=True)
    given_at = models.DateTimeField()
    # A coordinator has read it and did what was needed.
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.feeling


class Nudge(models.Model):
    """A step that was taken because nothing was heard of a pair since a day; each step once."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="nudges")
    quiet_since = models.DateField()
    step = models.CharField(max_length=20)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "quiet_since", "step"], name="nudge_once")]

    def __str__(self) -> str:
        return f"{self.step} of exchange {self.exchange_id}"


class Pause(models.Model):
    """From a day until another nothing is asked of the two; the last day moves by as much."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="pauses")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pause_in_order",
            ),
            models.UniqueConstraint(
                fields=["exchange"], condition=models.Q(ends_on__isnull=True), name="one_pause_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"pause from {self.starts_on}"


class Leaving(models.Model):
    """Somebody ends it, or leaves it to others: a reason that blames nobody, read by the coordinators."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="leavings")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # A key of the blueprint's reasons for stopping.
    reason = models.SlugField(max_length=40)
    words = models.TextField(_("what the coordinators should know"), blank=True)
    wants_another = models.BooleanField(_("would like another partner"), default=False)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason
