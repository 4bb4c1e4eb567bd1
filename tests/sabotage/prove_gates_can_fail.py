"""One-line defects, put in one at a time: each must turn the tests that guard against it red.

Part of `./dev prove`. A gate that stays green with its defect in is no gate.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What is broken, in which file, how it reads now, how it would read, and the tests that must notice.
DEFECTS = {
    "a status moves although somebody was faster": (
        "talka/kernel/ledger.py",
        "filter(pk=subject.pk, status=source)",
        "filter(pk=subject.pk)",
        "tests/databases/test_races.py",
    ),
    "writers do not take turns": (
        "talka/kernel/sqlite/base.py",
        "fcntl.flock(self._file, fcntl.LOCK_EX)",
        "pass",
        "tests/databases/test_writers_lock.py",
    ),
    "transactions begin deferred": (
        "talka/settings.py",
        '"transaction_mode": "IMMEDIATE"',
        '"transaction_mode": "DEFERRED"',
        "tests/kernel/test_guard.py",
    ),
    "a power cut loses writes": (
        "talka/settings.py",
        "PRAGMA synchronous=FULL",
        "PRAGMA synchronous=NORMAL",
        "tests/kernel/test_guard.py",
    ),
    "what is erased can be read": (
        "talka/settings.py",
        "PRAGMA secure_delete=ON",
        "PRAGMA secure_delete=OFF",
        "tests/kernel/test_guard.py",
    ),
    "anybody in the office decides on their own application": (
        "talka/access/table.py",
        '"application.read": reviews & ~represents',
        '"application.read": reviews',
        "tests/web/office",
    ),
    "everybody sees every application": (
        "talka/applications/models.py",
        "return self.filter(represented | models.Q(person_id=account.pk))",
        "return self.all()",
        "tests/access",
    ),
    "pictures of any kind are decoded": (
        "talka/files/redrawer.py",
        "Image.open(BytesIO(data), formats=FORMATS)",
        "Image.open(BytesIO(data))",
        "tests/files",
    ),
    "emergency contacts stay a day longer": (
        "talka/exchanges/rules.py",
        "EMERGENCY_DAYS = 14",
        "EMERGENCY_DAYS = 15",
        "tests/exchanges",
    ),
    "small counts are told": (
        "talka/impact/figures.py",
        "if count < limits.per_option and key not in known",
        "if count < 0 and key not in known",
        "tests/impact",
    ),
    "a photo without consent is published": (
        "talka/reports/queries.py",
        "if photo.has_consent]",
        "]",
        "tests/impact tests/reports tests/web/public",
    ),
    "letters of a worker that died stay behind": (
        "talka/letters/sending.py",
        "recover_stuck(now=now)",
        "pass",
        "tests/letters",
    ),
    "a form that is sent twice is worked on twice": (
        "talka/settings.py",
        '    "talka.web.shared.answered_once.answered_once",\n',
        "",
        "tests/web/test_sent_twice.py",
    ),
    "several take over what a dead server left": (
        "talka/kernel/claims.py",
        "pk=claim.pk, claimed_at=claim.claimed_at, answered_at=None",
        "pk=claim.pk, answered_at=None",
        "tests/web/shared/test_answered_once.py",
    ),
    "a new field needs no class": (
        "talka/privacy/inventory.toml",
        'preference = ["language", "time_zone"]',
        'preference = ["language"]',
        "tests/privacy/test_inventory.py",
    ),
    "a page carries an inline script": (
        "talka/web/templates/public/home.html",
        "{% block main %}",
        "{% block main %}<script>1</script>",
        "tests/house/test_rules_of_the_house.py",
    ),
    "a room reads the clock": (
        "talka/calls/actions.py",
        "from talka.calls.models import Call\n",
        "from talka.calls.models import Call\n\nSTARTED = datetime.now()\n",
        "tests/house/test_rules_of_the_house.py",
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Copy the checkout without what it can make again."""
    folder = tmp_path_factory.mktemp("sabotage") / "checkout"
    heavy = (".git", ".venv", "node_modules", "build", "var", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*heavy))
    return folder


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_defect_turns_its_tests_red(copy, defect):
    file, healthy, broken, tests = DEFECTS[defect]
    path = copy / file
    text = path.read_text()
    assert text.count(healthy) >= 1, f"{file} no longer reads {healthy!r}: bring this list up to date"
    path.write_text(text.replace(healthy, broken, 1))
    environment = {key: value for key, value in os.environ.items() if key != "TALKA_PROVE"}
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", *tests.split()]
    try:
        ended = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    finally:
        path.write_text(text)
    assert ended.returncode == 1, ended.stdout[-2000:] + ended.stderr[-2000:]
