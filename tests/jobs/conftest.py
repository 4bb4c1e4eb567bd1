"""The table and the policy to start from, and what is found by them."""

import shutil

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with the table and the policy to start from, and in `out` what is found by them."""
    folder = tmp_path_factory.mktemp("made")
    call_command("match", "--template", "--out", str(folder))
    policy = ["--policy", str(folder / "policy.toml")]
    call_command("match", str(folder / "people.csv"), *policy, "--out", str(folder / "out"))
    return folder


@pytest.fixture
def started(made, tmp_path):
    """Return a folder with the table and the policy to start from."""
    for name in ("people.csv", "people.xlsx", "policy.toml"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def done(made, started):
    """Return the folder with the matching of the table to start from."""
    return shutil.copytree(made / "out", started / "out")
