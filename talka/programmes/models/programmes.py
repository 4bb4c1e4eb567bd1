"""Programmes, their pages and contacts, and who runs them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.blueprints.reading import unpack
from talka.blueprints.schema import Blueprint
from talka.kernel.models import Versioned
from talka.kernel.wording import say


class Post(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    REVIEWER = "reviewer", _("Reviewer")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Words for finding programmes."""

    def public(self) -> "ProgrammeQuerySet":
        """Keep those that anyone may see."""
        return self.filter(is_published=True, is_rehearsal=False)

    def visible_to(self, account: Any) -> "ProgrammeQuerySet":
        """Keep those that the person may see: the public ones, and those they run."""
        if not account.is_authenticated:
            return self.public()
        mine = Programme.objects.run_by(account).values("pk")
        return self.filter(models.Q(pk__in=Programme.objects.public().values("pk")) | models.Q(pk__in=mine))

    def run_by(self, account: Any, *posts: str) -> "ProgrammeQuerySet":
        """Keep those in which the person holds one of the posts now (any post, when none is named)."""
        held = {"appointments__account": account, "appointments__ended_at__isnull": True}
        if posts:
            held["appointments__post__in"] = posts
        return self.filter(**held).distinct()


class Programme(Versioned):
    """A standing offer run by a hub, group or team."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.JSONField(_("name"))
    summary = models.JSONField(_("summary"), default=dict)
    blueprint = models.JSONField()
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    is_published = models.BooleanField(default=False)
    # A rehearsal runs on invented people; it is marked on every page and can be thrown away whole.
    is_rehearsal = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")

    def __str__(self) -> str:
        return say(self.name, get_language() or "en").text

    def get_absolute_url(self) -> str:
        """Return the address of the programme's public page."""
        return reverse("public:programme", args=[self.slug])

    @property
    def plan(self) -> Blueprint:
        """Return the blueprint as it stands now, for cycles to come."""
        return unpack(self.blueprint)


class Contact(models.Model):
    """Somebody to ask, shown on the programme's pages."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    task = models.CharField(_("what to ask them about"), max_length=200, blank=True)
    address = models.CharField(_("e-mail address or page"), max_length=200)

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person holds a post in a programme, from a day until it ends."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="appointments")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointments"
    )
    post = models.CharField(max_length=20, choices=Post.choices)
    appointed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "account", "post"],
                condition=models.Q(ended_at__isnull=True),
                name="appointment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.account_id}"


class Page(Versioned):
    """A page of a programme: about, how it works, guidance and the like."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pages")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.JSONField()
    body = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="page_key_once")]

    def __str__(self) -> str:
        return say(self.title, get_language() or "en").text
