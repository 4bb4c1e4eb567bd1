"""What is said of an initiative, and what people work on for it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from talka.files.models import Upload
from talka.initiatives.models.initiatives import Initiative
from talka.kernel.models import Versioned


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Words for finding feedback."""

    def newest(self) -> "FeedbackQuerySet":
        """Keep what was not corrected since."""
        return self.filter(correction__isnull=True)

    def public(self) -> "FeedbackQuerySet":
        """Keep what the initiative's people agreed to show to everybody."""
        return self.newest().filter(is_public=True)


class Feedback(Versioned):
    """What somebody who evaluates says of an initiative on a day. A correction is another one, beside it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="feedback")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_on = models.DateField(_("day"))
    text = models.TextField(_("feedback"))
    # Only the initiative's people open it to everybody, each text for itself.
    is_public = models.BooleanField(default=False)
    corrects = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="correction"
    )
    written_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class Licence(models.TextChoices):
    CC_BY_SA_4 = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_4 = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"


class Material(Versioned):
    """A document of an initiative, in one or several versions; public under a licence, or for its people."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    is_public = models.BooleanField(_("everybody may see it"), default=False)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)

    class Meta:
        verbose_name = _("material")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=False) | ~models.Q(licence=""),
                name="public_material_has_licence",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MaterialVersionQuerySet(models.QuerySet["MaterialVersion"]):
    """Words for finding versions of materials."""

    def newest(self) -> "MaterialVersionQuerySet":
        """Keep the last version of each material."""
        later = MaterialVersion.objects.filter(material=OuterRef("material"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def visible_to(self, account: Any) -> "MaterialVersionQuerySet":
        """Keep all of what the person works on, and of public materials the newest."""
        newest = MaterialVersion.objects.newest().filter(
            material__is_public=True, material__initiative__in=Initiative.objects.public().values("pk")
        )
        inside = Initiative.objects.worked_on_by(account).values("pk")
        return self.filter(models.Q(pk__in=newest.values("pk")) | models.Q(material__initiative__in=inside))


class MaterialVersion(models.Model):
    """A material as it stood: a link or a file, and what is new in it."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("what is new in it"), max_length=300, blank=True)
    link = models.URLField(_("address"), max_length=400, blank=True)
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = MaterialVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="material_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.material_id}"
