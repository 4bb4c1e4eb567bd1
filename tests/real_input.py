"""Real input that lies beside the checkout, and is not part of it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDER = SHARED / "data"


def affiliates_csv():
    """Return the table of 186 affiliates; without it the test is skipped, and says so."""
    path = FOLDER / "affiliates.csv"
    if not path.exists():
        pytest.skip(f"REAL INPUT MISSING: {path} is not there, so the real affiliates were not imported.")
    return path


def signature_list():
    """Return the page on which a working group signs; without it the test is skipped, and says so."""
    path = SHARED / "sources" / "education-mentorship-working-group.txt"
    if not path.exists():
        pytest.skip(f"REAL INPUT MISSING: {path} is not there, so no real list of signatures was read.")
    return path
