"""Who signs in, and with what."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _


def _new_key() -> str:
    return get_random_string(32)


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by what people are known by."""

    def by_email(self, email: str) -> "Account | None":
        """Return the account of the address, however it is capitalised."""
        return self.filter(email__iexact=email.strip()).first()


class Account(AbstractBaseUser):
    """A person who signs in: known by the central Wikimedia id or by an address, never by a name."""

    # No passwords are kept: people sign in through the wiki or with a one-time code.
    password = None  # type: ignore[assignment]
    wikimedia_id = models.BigIntegerField(unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)
    language = models.CharField(_("language"), max_length=20, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    is_active = models.BooleanField(default=True)
    # May create programmes; given on the command line by whoever runs the installation.
    can_found = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    session_key_seed = models.CharField(max_length=32, default=_new_key, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
            models.CheckConstraint(
                # One that was emptied on request is nobody's any more.
                condition=models.Q(email__isnull=False)
                | models.Q(wikimedia_id__isnull=False)
                | models.Q(is_active=False),
                name="account_can_sign_in",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Tie sessions to a seed, so that changing it signs the person out everywhere."""
        return salted_hmac("talka.people.session", self.session_key_seed, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Offer no older hash: secrets are rotated by signing people out."""
        return iter(())


class SignInCode(models.Model):
    """A one-time code sent by mail. Only its hash is kept."""

    email = models.EmailField()
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "sent_at"], name="code_by_email")]

    def __str__(self) -> str:
        return f"code for {self.email}"

    def is_usable(self, now: datetime) -> bool:
        """Tell whether the code could still open the door."""
        return self.used_at is None and self.tries_left > 0 and now < self.expires_at
