"""Fifty at once hand in applications to a served Talka: with the writers' lock, and without it.

Says how many submissions were acknowledged, found and lost, how long answers took, and what the
lock is worth.
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from tests.bench.applicant import Applicant, apply

CLIENTS = 50
# How many applications each client hands in, one after the other.
ROUNDS = 2
WAYS = {"with the lock": "talka.settings", "without": "tests.bench.unlocked"}
ROWS = (
    ("acknowledged", "{:.0f}"),
    ("found", "{:.0f}"),
    ("lost", "{:.0f}"),
    ("refused or broken", "{:.0f}"),
    ("database is locked", "{:.0f}"),
    ("requests a second", "{:.0f}"),
    ("writes, p50 ms", "{:.0f}"),
    ("writes, p99 ms", "{:.0f}"),
    ("reads, p50 ms", "{:.0f}"),
    ("reads, p99 ms", "{:.0f}"),
)


def talka(data, settings, *words):
    """Return the command and the environment of a process of Talka on its own data."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TALKA_")}
    own = {"TALKA_DEMO": "1", "TALKA_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    return [sys.executable, "-m", *words], {**clean, **own}


def fill(data):
    """Make a database with an open call and enough communities, and return who is there."""
    command, environment = talka(data, "talka.settings", "talka", "migrate", "--verbosity", "0")
    subprocess.run(command, env=environment, check=True)
    # Pages, and so the letters of the world, need the names of the static files.
    command, _ = talka(data, "talka.settings", "talka", "collectstatic", "--no-input", "--verbosity", "0")
    subprocess.run(command, env=environment, check=True)
    command, _ = talka(data, "talka.settings", "tests.bench.crowd", str(CLIENTS * ROUNDS))
    return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)


@contextmanager
def served(data, settings):
    """Serve Talka, and yield its port; what it says is kept in a file beside its data."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command, environment = talka(data, settings, "talka", "serve", "--port", str(port))
    with (data / "said").open("w") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(port, process):
    """Wait until the server answers."""
    for _try in range(300):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "Talka did not start"
        time.sleep(0.1)
    raise TimeoutError("Talka does not answer")


def measure(data, settings, crowd):
    """Let the crowd apply, and return the figures by name."""
    today = datetime.now(UTC).date()
    days = [(today + timedelta(days=after)).isoformat() for after in (80, 110, 300)]
    with served(data, settings) as port:
        clients = [Applicant(port, person["session"]) for person in crowd["people"]]

        def hand_in(first):
            own = range(first, len(clients), CLIENTS)
            communities = [crowd["people"][number]["community"] for number in own]
            together = zip(own, communities, strict=True)
            return sum(
                apply(clients[number], crowd["call"], community, days) for number, community in together
            )

        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            acknowledged = sum(pool.map(hand_in, range(CLIENTS)))
        lasted = time.perf_counter() - began
    return figures(data, crowd, clients, acknowledged, lasted)


def figures(data, crowd, clients, acknowledged, lasted):
    """Count what is in the database, and put the times in order."""
    found = handed_in(data / "talka.sqlite3", {person["community"] for person in crowd["people"]})
    reads = [taken * 1000 for client in clients for taken in client.reads]
    writes = [taken * 1000 for client in clients for taken in client.writes]
    troubles = [trouble for client in clients for trouble in client.troubles]
    read, written = quantiles(reads, n=100), quantiles(writes, n=100)
    return {
        "acknowledged": acknowledged,
        "found": found,
        "lost": max(0, acknowledged - found),
        "refused or broken": len(troubles),
        "database is locked": (data / "said").read_text().count("OperationalError: database is locked"),
        "requests a second": (len(reads) + len(writes)) / lasted,
        "writes, p50 ms": written[49],
        "writes, p99 ms": written[98],
        "reads, p50 ms": read[49],
        "reads, p99 ms": read[98],
        "troubles": troubles,
    }


def handed_in(path, communities):
    """Count the applications of the crowd that are past being a draft."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT community_id FROM applications_application WHERE status <> 'draft'")
        return sum(community in communities for (community,) in rows)


def table(measured):
    """Return the figures of both ways side by side, and their ratio."""
    lines = [f"{'':22}{'with the lock':>15}{'without':>10}{'ratio':>8}"]
    for name, form in ROWS:
        mine, other = (measured[way][name] for way in WAYS)
        ratio = f"{mine / other:.2f}" if other else "–"
        lines.append(f"{name:22}{form.format(mine):>15}{form.format(other):>10}{ratio:>8}")
    return "\n".join(lines)


def test_fifty_at_once_lose_nothing(tmp_path):
    crowd = fill(tmp_path / "filled")
    measured = {}
    for way, settings in WAYS.items():
        data = Path(shutil.copytree(tmp_path / "filled", tmp_path / way.replace(" ", "-")))
        measured[way] = measure(data, settings, crowd)
    sys.stdout.write(f"\n{CLIENTS} clients, {CLIENTS * ROUNDS} applications\n{table(measured)}\n")
    ours = measured["with the lock"]
    wanted = CLIENTS * ROUNDS
    assert ours["troubles"] == []
    assert (ours["acknowledged"], ours["found"], ours["lost"], ours["database is locked"]) == (
        wanted,
        wanted,
        0,
        0,
    )
