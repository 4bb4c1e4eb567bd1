"""Keeping uploads, serving them, and leaving no orphans."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from talka.files import actions
from talka.files.actions import FileRefused, delete_upload, path_of, store_attachment, store_file, sweep_files
from talka.files.models import Upload
from talka.web.shared.downloads import download

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_an_attachment_is_kept_under_a_random_name_and_served_as_a_download(ada, folder, now):
    upload = store_file(data=PDF, name="../our plan.pdf", by=ada, now=now)
    assert kept_in(folder) == [path_of(upload)]
    assert "plan" not in path_of(upload).name
    answer = download(upload)
    assert b"".join(answer.streaming_content) == PDF
    answer.close()
    assert answer["Content-Disposition"] == 'attachment; filename="our plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_is_no_attachment_is_refused_with_a_reason(ada, folder, now):
    with pytest.raises(FileRefused) as refused:
        store_file(data=b"<html>", name="page.html", by=ada, now=now)
    assert refused.value.reason.key == "files.kind_not_taken"
    assert (kept_in(folder), Upload.objects.count()) == ([], 0)


def test_a_person_has_a_quota(ada, now, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    store_attachment(data=PDF, name="one.pdf", by=ada, now=now)
    with pytest.raises(FileRefused) as refused:
        store_attachment(data=PDF, name="two.pdf", by=ada, now=now)
    assert refused.value.reason.key == "files.too_many"
    monkeypatch.setattr(actions, "MOST_FILES", 100)
    monkeypatch.setattr(actions, "MOST_TOGETHER", len(PDF))
    with pytest.raises(FileRefused) as refused:
        store_attachment(data=PDF, name="two.pdf", by=ada, now=now)
    assert refused.value.reason.key == "files.too_much"


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_its_row_and_only_when_the_transaction_is_kept(ada, folder, now):
    upload = store_attachment(data=PDF, name="one.pdf", by=ada, now=now)
    with pytest.raises(RuntimeError), transaction.atomic():
        delete_upload(pk=upload.pk)
        raise RuntimeError
    assert kept_in(folder) == [path_of(upload)]
    delete_upload(pk=upload.pk)
    assert (kept_in(folder), Upload.objects.count()) == ([], 0)


def test_a_file_of_a_transaction_that_was_undone_is_swept_after_a_day(ada, folder, now):
    kept = store_attachment(data=PDF, name="kept.pdf", by=ada, now=now)
    with pytest.raises(RuntimeError), transaction.atomic():
        store_attachment(data=PDF, name="undone.pdf", by=ada, now=now)
        raise RuntimeError
    for path in kept_in(folder):
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert sweep_files(now=now + timedelta(hours=23)) == 0
    assert sweep_files(now=now + timedelta(hours=25)) == 1
    assert kept_in(folder) == [path_of(kept)]


def test_a_folder_that_is_not_there_yet_is_no_failure(settings, tmp_path, now, db):
    settings.MEDIA_ROOT = Path(tmp_path) / "none"
    assert sweep_files(now=now) == 0
