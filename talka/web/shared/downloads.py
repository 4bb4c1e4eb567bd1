"""Serving uploads: never run, never guessed at, and only after the view has asked who may."""

from django.http import FileResponse, Http404, HttpResponseBase

from talka.files.actions import path_of
from talka.files.models import Upload, UploadKind

# A photo was redrawn by us; everything else is only ever saved to disk.
SEALED = "default-src 'none'; sandbox"


def download(upload: Upload, *, thumbnail: bool = False) -> HttpResponseBase:
    """Answer with the file of an upload. Raises Http404 when it is gone."""
    is_photo = upload.kind == UploadKind.PHOTO
    try:
        stream = path_of(upload, thumbnail=thumbnail and is_photo).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(stream, as_attachment=not is_photo, filename=upload.name)
    answer["Content-Type"] = "image/webp" if thumbnail and is_photo else upload.content_type
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SEALED
    answer["Cache-Control"] = "private, no-store"
    return answer
