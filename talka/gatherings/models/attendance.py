"""Who was at a gathering."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.gatherings.models.gatherings import Gathering


class Attendance(models.Model):
    """Somebody was there: a person with an account, or a guest of whom only the name is known.

    What people say of themselves counts once a coordinator has confirmed it.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendances")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    guest = models.CharField(_("name"), max_length=120, blank=True)
    # The name without capitals: nobody stands there twice. Both go a year later, and the count stays.
    guest_key = models.CharField(max_length=360, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["gathering", "account"], name="attendance_once"),
            models.UniqueConstraint(
                fields=["gathering", "guest_key"],
                condition=~models.Q(guest_key=""),
                name="attendance_once_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.account) if self.account_id else self.guest
