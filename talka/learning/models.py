"""Modules in their units, who has done them, and what people suggest to change."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.learning.lifecycle import SUGGESTION, SuggestionStatus
from talka.programmes.models import Programme


class ModuleQuerySet(models.QuerySet["Module"]):
    """Words for finding modules."""

    def standing(self) -> "ModuleQuerySet":
        """Keep those that are not retired, in their order."""
        return self.filter(retired_at__isnull=True).order_by("position", "pk")

    def visible_to(self, account: Any) -> "ModuleQuerySet":
        """Keep those of programmes that the person may see; retired ones for those who coordinate."""
        seen = self.filter(programme__in=Programme.objects.visible_to(account).values("pk"))
        if not account.is_authenticated:
            return seen.filter(retired_at__isnull=True)
        run = Programme.objects.run_by(account, "coordinator").values("pk")
        return seen.filter(models.Q(retired_at__isnull=True) | models.Q(programme__in=run))

    def maintained_by(self, account: Any) -> "ModuleQuerySet":
        """Keep those that the person maintains."""
        return self.filter(maintainer=account)


class Module(Versioned):
    """A part of a programme's learning path: words of our own, a link, or both."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="modules")
    key = models.SlugField(max_length=60)
    # Modules with the same words here stand together.
    unit = models.JSONField(_("unit"))
    name = models.JSONField(_("name"))
    summary = models.JSONField(_("summary"), default=dict)
    body = models.JSONField(_("text"), default=dict)
    address = models.URLField(_("address"), max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    position = models.PositiveSmallIntegerField(default=0)
    maintainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("module")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="module_key_once")]

    def __str__(self) -> str:
        return say(self.name, get_language() or "en").text

    def get_absolute_url(self) -> str:
        """Return the address of the module's public page."""
        return reverse("public:module", args=[self.programme.slug, self.key])


class Completion(models.Model):
    """A person says that they have done a module. Taking it back leaves nothing."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="completions")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions"
    )
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "account"], name="completion_once")]

    def __str__(self) -> str:
        return f"module {self.module_id} by {self.account_id}"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Words for finding suggestions."""

    def visible_to(self, account: Any) -> "SuggestionQuerySet":
        """Keep those that the person wrote, and those about modules they maintain or coordinate."""
        if not account.is_authenticated:
            return self.none()
        run = Programme.objects.run_by(account, "coordinator").values("pk")
        return self.filter(
            models.Q(author=account)
            | models.Q(module__maintainer=account)
            | models.Q(module__programme__in=run)
        )

    def waiting(self) -> "SuggestionQuerySet":
        """Keep those that nobody has answered."""
        return self.filter(status=SuggestionStatus.SUGGESTED)


class Suggestion(models.Model):
    """What somebody would change about a module, and what those who maintain it say."""

    LIFECYCLE = SUGGESTION

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("what you would change"))
    status = models.CharField(
        max_length=20, choices=SuggestionStatus.choices, default=SuggestionStatus.SUGGESTED
    )
    suggested_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")

    def __str__(self) -> str:
        return f"suggestion {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the suggestion's page, for its author and those who answer."""
        return reverse("desk:suggestion", args=[self.pk])
