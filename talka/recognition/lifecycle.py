"""A certificate: issued, and perhaps revoked, which is for good."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class CertificateStatus(TextChoices):
    ISSUED = "issued", _("Issued")
    REVOKED = "revoked", _("Revoked")


CERTIFICATE = Lifecycle(
    start=CertificateStatus.ISSUED,
    moves=moves(("revoke", CertificateStatus.ISSUED, CertificateStatus.REVOKED)),
)
