"""What the room of files makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, reasons

REASONS = {
    "files.empty": _("The file “%(name)s” is empty."),
    "files.too_large": _("The file “%(name)s” is too large: %(megabytes)s megabytes at most."),
    "files.kind_not_taken": _("Files such as “%(name)s” are not taken. Possible are: %(kinds)s."),
    "files.holds_macros": _("“%(name)s” holds macros. Save it without them, or as PDF."),
    "files.broken_attachment": _("“%(name)s” is broken and cannot be read. Save it anew."),
    "files.kind_and_name_disagree": _("“%(name)s” is not what its ending says. Save it anew, or as PDF."),
    "files.not_a_photo": _("“%(name)s” is no photo that we can take. Save it as JPEG, PNG or WebP."),
    "files.too_many_pixels": _("The photo “%(name)s” has too many pixels. Make it smaller."),
    "files.several_frames": _("“%(name)s” moves. Only still photos are taken."),
    "files.broken_photo": _("The photo “%(name)s” is broken and cannot be read. Save it anew."),
    "files.busy": _("Many photos are being read just now. Please send “%(name)s” again in a minute."),
    "files.too_many": _(
        "You have uploaded %(most)s files, which are the most. Remove some that are not needed."
    ),
    "files.too_much": _(
        "Your files together would be larger than %(megabytes)s megabytes. Remove some that are not needed."
    ),
}


class FilesConfig(AppConfig):
    """Names the room's reasons and its timed job."""

    name = "talka.files"

    def ready(self) -> None:
        reasons.add_all(REASONS)
        clockwork.add_place("files.sweep", "talka.files.actions:sweep_files")
