"""What people upload, kept under a random name and served only through a permission."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def _random_name() -> str:
    return get_random_string(32)


class UploadKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    ATTACHMENT = "attachment", _("Attachment")


class Upload(models.Model):
    """A file: a redrawn photo with its thumbnail, or an attachment that Talka never opens."""

    kind = models.CharField(max_length=20, choices=UploadKind.choices)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=40, unique=True, default=_random_name, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="uploads"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name
