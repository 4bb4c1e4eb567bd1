"""The wheel carries all that Talka needs: built, installed into an empty folder, and served from there."""

import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
# No program is found here, Node least of all.
BARE_PATH = "/nonexistent"
GENERATED = ("talka/web/static/built/", "talka/web/built/", "talka/papers/fonts/")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of the checkout, so that nothing is left in it and nothing old gets in."""
    source, dist = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in ("pyproject.toml", "MANIFEST.in", "README.md", "COPYING", "CHANGELOG.md"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "talka", source / "talka", ignore=shutil.ignore_patterns("__pycache__"))
    build = f"from setuptools.build_meta import build_wheel; build_wheel({str(dist)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel alone into an empty folder; its libraries are the ones the tests run with."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(folder), str(wheel)], check=True)
    return folder


def files_of_the_checkout():
    """List what git would keep of talka/, and what the build put there, as a wheel names it."""
    kept = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "talka"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    built = [str(path.relative_to(ROOT)) for name in GENERATED for path in (ROOT / name).rglob("*")]
    compiled = [str(path.relative_to(ROOT)) for path in (ROOT / "talka").rglob("*.mo")]
    # A file that is being deleted is still listed by git.
    there = [name for name in kept.stdout.splitlines() if (ROOT / name).exists()]
    return {name for name in there + built + compiled if not name.endswith((".po", ".pot"))}


def test_the_wheel_holds_every_file_of_the_checkout_and_what_was_built(wheel):
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("talka/")}
    assert held == files_of_the_checkout()


@pytest.mark.parametrize("folder", GENERATED)
def test_what_was_built_is_not_an_empty_folder(wheel, folder):
    with ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.startswith(folder)] != []


def test_the_installed_talka_serves_its_pages_and_styles_without_node(installed, tmp_path):
    assert shutil.which("node", path=BARE_PATH) is None
    settings = {"TALKA_DATA": str(tmp_path / "data"), "TALKA_DEMO": "1"}
    around = {"PATH": BARE_PATH, "PYTHONPATH": str(installed), "HOME": str(tmp_path), **settings}
    subprocess.run([sys.executable, "-m", "talka", "migrate"], cwd=tmp_path, env=around, check=True)
    with served(tmp_path, around) as address:
        page = fetched(address + "/")
        styles = re.findall(r'<link[^>]+href="(/static/[^"]+\.css)"', page)
        assert styles != []
        for style in styles:
            assert "{" in fetched(address + style)


@contextmanager
def served(folder, around):
    """Serve the installed Talka on a free port, and stop it afterwards."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    words = [sys.executable, "-m", "talka", "serve", "--port", str(port)]
    server = subprocess.Popen(words, cwd=folder, env=around)
    try:
        wait_until_open(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_open(server, port):
    """Return once somebody listens on the port; fail when the server ended or half a minute went by."""
    for _ in range(300):
        assert server.poll() is None
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("Nobody listens.")


def fetched(address):
    """Return the text behind an address, which has to answer 200."""
    with urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        return answer.read().decode()
