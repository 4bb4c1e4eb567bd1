"""Calls: who is invited, with which form, from when to when."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.forms.models import Form
from talka.kernel.models import Versioned
from talka.kernel.windows import Window
from talka.programmes.models import Cycle


class CallQuerySet(models.QuerySet["Call"]):
    """Words for finding calls."""

    def public(self) -> "CallQuerySet":
        """Keep those that anyone may see."""
        return self.filter(cycle__in=Cycle.objects.public())

    def open(self, now: datetime) -> "CallQuerySet":
        """Keep those that take applications at the moment."""
        return self.filter(opens_at__lte=now).filter(
            models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=now)
        )


class Call(Versioned):
    """The dated invitation to one role in a cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="calls")
    role = models.SlugField(max_length=40)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="calls")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    # An IANA zone, or "AoE" for Anywhere on Earth.
    zone = models.CharField(_("time zone"), max_length=60)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "role"], name="call_once_a_role"),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=models.F("opens_at")),
                name="call_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} call of {self.cycle_id}"

    def get_absolute_url(self) -> str:
        """Return the address of the call's public page."""
        return reverse("public:call", args=[self.cycle.programme.slug, self.cycle.slug, self.role])

    @property
    def window(self) -> Window:
        """Return from when to when the call takes applications."""
        return Window(self.opens_at, self.closes_at)
