"""What the room of the wiki makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import reasons

REASONS = {
    # Translators: from here on, why a line of a list of signatures could not be read, or what was assumed.
    "signatures.zone_assumed": _("No zone is written: UTC is assumed."),
    "signatures.user_assumed": _("No link names the user: the name as it is written is taken for it."),
    "signatures.no_date": _("The line has no date and time of a signature."),
    "signatures.several_dates": _("The line has several dates. Put each signature on a line of its own."),
    "signatures.unknown_month": _("“%(word)s” is no month that Talka can tell for certain."),
    "signatures.unknown_zone": _("Nobody knows for certain which time zone “%(zone)s” is."),
    "signatures.no_such_date": _("There is no such day or time."),
    "signatures.too_early": _("The date is before there was a Wikipedia."),
    "signatures.in_the_future": _("The date has not come yet."),
    "signatures.more_after_the_date": _("There are more words after the date."),
    "signatures.no_signature": _("The line has a date, but does not look like a signature."),
    "signatures.no_name": _("There is no name before the date."),
    "signatures.no_user_name": _("It is not clear which part of “%(words)s” is a user name."),
    "signatures.name_too_long": _("The name is longer than a user name can be."),
    "signatures.several_users": _("The links name several users: %(users)s."),
    "signatures.twice": _("The same user has signed in line %(line)s already."),
    "signatures.too_long": _("The line has more than %(most)s characters."),
    "signatures.markup": _("The markup of the line cannot be taken apart."),
}


class WikiConfig(AppConfig):
    """Names the room's reasons."""

    name = "talka.wiki"

    def ready(self) -> None:
        reasons.add_all(REASONS)
