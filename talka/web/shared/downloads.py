"""Files to save: uploads, never run and never guessed at, and spreadsheets. The view asks first who may."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase

from talka.files.actions import path_of
from talka.files.models import Upload, UploadKind
from talka.papers.tables import write_csv, write_xlsx

# A photo was redrawn by us; everything else is only ever saved to disk.
SEALED = "default-src 'none'; sandbox"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def spreadsheet(sheets: Mapping[str, Any], *, name: str) -> HttpResponse:
    """Answer with a workbook to be saved under the name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(write_xlsx(sheets), content_type=XLSX, headers=headers)


def table_file(title: str, header: Any, rows: Any, *, name: str, kind: str) -> HttpResponse:
    """Answer with one table to be saved under the name, as "xlsx" or as "csv"."""
    if kind == "xlsx":
        return spreadsheet({title: (header, rows)}, name=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8", headers=headers)
