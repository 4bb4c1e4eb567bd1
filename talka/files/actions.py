"""Keeping what people upload: under random names, within a quota, each file known to a row."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Sum

from talka.files.attachments import MOST_BYTES, AttachmentRefused, inspect
from talka.files.models import Upload, UploadKind
from talka.files.photos import PhotoRefused, looks_like_photo, redraw
from talka.kernel.reasons import Reason

MOST_FILES = 100
MOST_TOGETHER = 200_000_000
# A file without a row is left alone this long: somebody may be storing it right now.
GRACE = timedelta(days=1)


class FileRefused(Exception):
    """A file is not taken; carries the reason."""

    def __init__(self, key: str, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(key)
        self.reason = Reason(key, values or {})


def store_file(*, data: bytes, name: str, by: Any, now: datetime) -> Upload:
    """Keep a photo or an attachment, whichever it is. Raises FileRefused."""
    store = store_photo if looks_like_photo(data) else store_attachment
    return store(data=data, name=name, by=by, now=now)


def store_photo(*, data: bytes, name: str, by: Any, now: datetime) -> Upload:
    """Redraw a photo and keep it with its thumbnail. Raises FileRefused."""
    try:
        photo = redraw(data, name=name)
    except PhotoRefused as refused:
        raise FileRefused(refused.key, refused.values) from None
    upload = Upload(kind=UploadKind.PHOTO, name=_photo_name(name, photo.content_type))
    upload.content_type, upload.size = photo.content_type, len(photo.data)
    return _keep(upload, {"": photo.data, ".thumbnail": photo.thumbnail}, by=by, now=now)


def store_attachment(*, data: bytes, name: str, by: Any, now: datetime) -> Upload:
    """Keep an attachment as it is, unopened. Raises FileRefused."""
    if len(data) > MOST_BYTES:
        raise FileRefused("files.too_large", {"name": name[:100], "megabytes": MOST_BYTES // 1_000_000})
    try:
        found = inspect(data, name=name)
    except AttachmentRefused as refused:
        raise FileRefused(refused.key, refused.values) from None
    upload = Upload(kind=UploadKind.ATTACHMENT, name=found.name, content_type=found.content_type)
    upload.size = len(data)
    return _keep(upload, {"": data}, by=by, now=now)


def _photo_name(name: str, content_type: str) -> str:
    """Give the photo the ending of what it now is."""
    ending = {"image/png": ".png", "image/webp": ".webp"}.get(content_type, ".jpg")
    return f"{Path(name.replace(chr(92), '/')).stem[:80] or 'photo'}{ending}"


def _keep(upload: Upload, parts: Mapping[str, bytes], *, by: Any, now: datetime) -> Upload:
    upload.uploaded_by, upload.uploaded_at = by, now
    written = []
    try:
        with transaction.atomic():
            _refuse_over_quota(by, sum(len(data) for data in parts.values()))
            upload.save()
            for ending, data in parts.items():
                path = _place(upload.stored_name + ending)
                written.append(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    except BaseException:
        _unlink(written)
        raise
    return upload


def _refuse_over_quota(by: Any, size: int) -> None:
    """Refuse a file beyond what one person may keep; whose row is held, so that both of two count."""
    if by is not None:
        get_user_model()._default_manager.select_for_update().get(pk=by.pk)
    had = Upload.objects.filter(uploaded_by=by).aggregate(files=Count("pk"), bytes=Sum("size"))
    if had["files"] >= MOST_FILES:
        raise FileRefused("files.too_many", {"most": MOST_FILES})
    if (had["bytes"] or 0) + size > MOST_TOGETHER:
        raise FileRefused("files.too_much", {"megabytes": MOST_TOGETHER // 1_000_000})


def delete_upload(*, pk: int) -> None:
    """Forget an upload; its file goes when the transaction is kept."""
    upload = Upload.objects.filter(pk=pk).first()
    if upload is not None:
        paths = [_place(upload.stored_name), _place(upload.stored_name + ".thumbnail")]
        upload.delete()
        transaction.on_commit(partial(_unlink, paths))


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def path_of(upload: Upload, *, thumbnail: bool = False) -> Path:
    """Return where the file of an upload lies."""
    return _place(upload.stored_name + (".thumbnail" if thumbnail else ""))


def _place(stored_name: str) -> Path:
    # Two letters of the random name make folders that stay small.
    return Path(settings.MEDIA_ROOT) / stored_name[:2] / stored_name


def sweep_files(*, now: datetime) -> int:
    """Delete files that no row knows of, such as those of a transaction that was undone; return how many."""
    known = set(Upload.objects.values_list("stored_name", flat=True))
    swept = 0
    for path in Path(settings.MEDIA_ROOT).glob("??/*"):
        old = now.timestamp() - path.stat().st_mtime > GRACE.total_seconds()
        if old and path.name.removesuffix(".thumbnail") not in known:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
