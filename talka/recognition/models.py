"""Certificates as they were issued."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.applications.models import Application
from talka.programmes.models import Cycle
from talka.recognition.lifecycle import CERTIFICATE, CertificateStatus

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""Base32 (RFC 4648): no 0, 1, 8 or 9, which are read as letters."""

CODE_LENGTH, GROUP = 28, 4
# What people type for a letter that looks the same.
MISREAD = str.maketrans("018", "OIB")


def new_code() -> str:
    """Make up a verification code: 140 random bits, so that nobody finds one by trying."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """Return a code as it is kept, from however somebody typed it; nonsense stays nonsense."""
    return "".join(char for char in typed.upper()[:200] if char.isalnum()).translate(MISREAD)


class RevokeReason(models.TextChoices):
    """Why a certificate holds no longer, in words that anybody may read."""

    MISTAKE = "mistake", _("It was issued by mistake")
    REPLACED = "replaced", _("Another certificate has taken its place")
    WISH = "wish", _("Its holder asked for it")
    CONDITIONS = "conditions", _("What it rests on turned out not to be so")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Words for finding certificates."""

    def visible_to(self, account: Any) -> "CertificateQuerySet":
        """Keep the person's own, and those of cycles they coordinate."""
        if not account.is_authenticated:
            return self.none()
        run = models.Q(cycle__in=Cycle.objects.run_by(account, "coordinator"))
        return self.filter(models.Q(holder=account.pk) | run)

    def valid(self) -> "CertificateQuerySet":
        """Keep those that were not revoked."""
        return self.filter(status=CertificateStatus.ISSUED)

    def coded(self, typed: str) -> "CertificateQuerySet":
        """Keep the one with the code, however somebody typed it."""
        return self.filter(code=tidy_code(typed))


class Certificate(models.Model):
    """What a person was given for a mentorship, in the words of that day, which never change."""

    LIFECYCLE = CERTIFICATE

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="certificates")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="certificates")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    role = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40, unique=True, default=new_code)
    status = models.CharField(
        max_length=20, choices=CertificateStatus.choices, default=CertificateStatus.ISSUED
    )
    # Everything that it says; emptied when its holder's data are erased.
    content = models.JSONField(default=dict)
    # Of the content as it was issued.
    seal = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Why it was issued although something was missing; never printed.
    exception = models.TextField(_("why an exception is made"), blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(
        _("why it holds no longer"), max_length=20, choices=RevokeReason.choices, blank=True
    )
    # For the coordinators; anybody reads only the reason.
    revoke_note = models.TextField(_("what the coordinators should know"), blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["application", "holder"],
                condition=models.Q(status="issued"),
                name="certificate_once_a_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(status="issued")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoke_reason="")),
                name="certificate_revoked_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.content.get("name") or self.reference)

    def get_absolute_url(self) -> str:
        """Return the address at which anybody can verify it."""
        return reverse("public:certificate", args=[self.written_code])

    @property
    def reference(self) -> str:
        """Return its number in the programme, as it is printed."""
        return f"{self.cycle.slug}-{self.number}"

    @property
    def written_code(self) -> str:
        """Return the code in groups, as it is printed."""
        return "-".join(self.code[at : at + GROUP] for at in range(0, len(self.code), GROUP))

    @property
    def is_valid(self) -> bool:
        """Tell whether it was not revoked."""
        return self.status == CertificateStatus.ISSUED

    @property
    def is_erased(self) -> bool:
        """Tell whether its holder's data were erased: it stands without a name."""
        return not self.content
