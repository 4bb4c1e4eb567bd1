"""The process that redraws: rationed, alone, and never able to harm the one that asked."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, UnidentifiedImageError

from talka.files import photos, redrawer
from talka.files.photos import Limits, PhotoRefused, redraw

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"


def png(side: int) -> bytes:
    """A PNG that is small as a file and takes four bytes a pixel when decoded."""
    out = BytesIO()
    Image.new("RGBA", (side, side)).save(out, "PNG")
    return out.getvalue()


def refusal_of(data: bytes, limits: Limits = photos.LIMITS) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as caught:
        redraw(data, name="photo.png", limits=limits)
    return caught.value


@pytest.mark.parametrize("limits", [Limits(memory_bytes=200_000_000), Limits(wall_seconds=0.001)])
def test_a_child_out_of_memory_or_time_is_one_clear_refusal(limits):
    assert refusal_of(png(6000), limits).key == "files.broken_photo"


def test_a_child_that_dies_without_a_word_is_one_clear_refusal(tmp_path, monkeypatch):
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(photos, "REDRAWER", dying)
    assert refusal_of(png(10)).key == "files.broken_photo"


@pytest.fixture
def traps(tmp_path, monkeypatch):
    """Programs called gs and convert that leave a mark when anybody runs them."""
    mark = tmp_path / "was_run"
    for program in ("gs", "convert", "djpeg"):
        trap = tmp_path / program
        trap.write_text(f"#!/bin/sh\n/usr/bin/touch {mark}\nexit 0\n")
        trap.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    return mark


def test_the_decoder_never_runs_another_program(traps):
    for data in (EPS, b"\xff\xd8\xff" + EPS):
        with pytest.raises(UnidentifiedImageError):
            redrawer.redraw(data, pixels=40_000_000, long_side=2560, thumbnail_side=480)
    assert not traps.exists()
    with pytest.raises(OSError):  # the trap draws nothing
        Image.open(BytesIO(EPS)).load()
    assert traps.exists()  # which shows that the trap works


def test_a_child_can_start_no_program_and_write_no_file(tmp_path):
    script = (
        f"import sys; sys.path.insert(0, {str(Path(redrawer.__file__).parent)!r})\n"
        "import redrawer, resource, json\n"
        "redrawer.ration(500_000_000, 5)\n"
        "names = ('AS', 'CPU', 'FSIZE', 'NPROC', 'CORE')\n"
        "print(json.dumps([resource.getrlimit(getattr(resource, 'RLIMIT_' + name)) for name in names]))\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert json.loads(answer) == [[500_000_000] * 2, [5, 5], [0, 0], [0, 0], [0, 0]]


def test_the_web_process_stays_small_while_a_child_takes_the_weight(tmp_path):
    heavy = tmp_path / "heavy.png"
    heavy.write_bytes(png(6300))
    script = (
        "import json, resource, pathlib, sys\n"
        "from talka.files.photos import redraw\n"
        "used = lambda who: resource.getrusage(who).ru_maxrss // 1024\n"
        "before = used(resource.RUSAGE_SELF)\n"
        "redraw(pathlib.Path(sys.argv[1]).read_bytes(), name='heavy.png')\n"
        "print(json.dumps([used(resource.RUSAGE_SELF) - before, used(resource.RUSAGE_CHILDREN)]))\n"
    )
    root = Path(redrawer.__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", script, heavy], capture_output=True, check=True, cwd=root)
    growth, child = json.loads(run.stdout)
    assert growth < 100
    assert child > 200  # which shows that there was a weight to take
