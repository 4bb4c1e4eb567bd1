"""Forms, their versions, and the answers people gave to a version."""

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from talka.blueprints.questions import FormDraft, check_form
from talka.kernel.lists import listed
from talka.kernel.models import Versioned
from talka.kernel.speech import noted
from talka.kernel.wording import say
from talka.programmes.models import Cycle


class Form(models.Model):
    """A list of questions that a cycle asks; its versions say which, and when."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="forms")
    key = models.SlugField(max_length=40)

    class Meta:
        verbose_name = _("form")
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="form_key_once")]

    def __str__(self) -> str:
        """Name the form after what the blueprint asks with it, in the reader's words."""
        plan = self.cycle.plan
        asking = {call.role for call in plan.calls if call.form == self.key}
        if asking:
            language = get_language() or "en"
            return listed(noted(say(role.name, language)) for role in plan.roles if role.key in asking)
        evaluated = [one.name for one in plan.evaluations if one.form == self.key]
        if evaluated:
            return listed(noted(say(name, get_language() or "en")) for name in evaluated)
        if plan.report and plan.report.form == self.key:
            return gettext("Report on a visit")
        return self.key.replace("_", " ").capitalize()


class FormVersion(Versioned):
    """The questions as they stood. A published version never changes again."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.form_id} version {self.number}"

    @property
    def draft(self) -> FormDraft:
        """Return the questions, checked."""
        return check_form(self.definition)


class Sheet(Versioned):
    """The answers to one version of a form, by the key of the question."""

    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="sheets")
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answers")

    def __str__(self) -> str:
        return f"answers {self.pk}"
