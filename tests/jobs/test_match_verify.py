"""`talka match verify RUN`: proved and matched anew, and every lie refused."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from talka.matching.engine import canonical, seal_of, unpack
from talka.matching.engine.values import Request


def verify(path):
    """Prove a run again."""
    call_command("match", "verify", str(path))


def resealed(run):
    """Return the run as somebody writes it who knows how it is sealed."""
    run = {**run, "sha256": ""}
    del run["sha256"]
    run["sha256"] = hashlib.sha256(canonical(run)).hexdigest()
    return (json.dumps(run, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def test_a_run_is_proved_and_matched_anew(done, capsys):
    verify(done / "run.json")
    seal = json.loads((done / "run.json").read_text(encoding="utf-8"))["seal"]
    assert capsys.readouterr().out == (
        f"Proved the best, and matched anew to the same bytes (6 pairs, seal {seal}).\n"
    )


def change_pair(run):
    pairs = run["outcome"]["pairs"]
    pairs[0]["teacher"], pairs[1]["teacher"] = pairs[1]["teacher"], pairs[0]["teacher"]


def drop_pair(run):
    run["outcome"]["pairs"] = [pair for pair in run["outcome"]["pairs"] if pair["learner"] != "g2"]


def change_score(run):
    run["outcome"]["pairs"][0]["score"] += 1000


def change_price(run):
    rung = next(proof for proof in run["outcome"]["certificate"] if proof["level"] == "total")
    rung["prices"] = dict.fromkeys(rung["prices"], 0)


def change_value(run):
    next(proof for proof in run["outcome"]["certificate"] if proof["level"] == "total")["value"] += 1


def change_policy(run):
    run["request"]["policy"]["weights"]["topic"] = 50


def change_policy_and_seal(run):
    change_policy(run)
    run["seal"] = run["outcome"]["seal"] = seal_of(unpack(Request, run["request"]))


def change_seal(run):
    run["seal"] = "0" * 64


def change_lock(run):
    run["outcome"]["pairs"] = [pair for pair in run["outcome"]["pairs"] if not pair["locked"]]


def change_stranger(run):
    run["outcome"]["pairs"][0]["teacher"] = "nobody"


def change_reason(run):
    run["outcome"]["unmatched"][0]["reason"]["key"] = "matching.takes_nobody"


def stop(run):
    run["outcome"]["stopped"] = True


SEAL = "The seal does not belong to what was asked: a person, a ruling or the policy was changed."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            change_pair,
            "A pair breaks a hard rule, or was ruled out by hand. A score or one of its parts is not what "
            "the policy "
            "gives.",
        ),
        (drop_pair, "Not proved the best: as many learners of priority 2 matched as possible."),
        (change_score, "A score or one of its parts is not what the policy gives."),
        (change_price, "Not proved the best: the best total."),
        (change_value, "Not proved the best: the best total."),
        (change_policy, SEAL),
        (change_policy_and_seal, "A score or one of its parts is not what the policy gives."),
        (change_seal, SEAL),
        (change_lock, "The pairs that were decided by hand are not those that were asked for."),
        (change_stranger, "A pair names somebody who does not take part."),
        (change_reason, "The pairs are proved, but something beside them was changed."),
        (stop, "The search was stopped before it was proved the best."),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_lie_is_refused_even_when_it_is_sealed_anew(done, change, words):
    run = json.loads((done / "run.json").read_text(encoding="utf-8"))
    change(run)
    (done / "run.json").write_bytes(resealed(run))
    with pytest.raises(CommandError) as raised:
        verify(done / "run.json")
    assert str(raised.value) == f"{done / 'run.json'}: {words}"


def test_any_other_byte_is_noticed(done):
    data = (done / "run.json").read_bytes()
    (done / "run.json").write_bytes(data + b" ")
    with pytest.raises(CommandError, match="The SHA-256 does not belong to this file"):
        verify(done / "run.json")


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'{"request": 1, "outcome": 2}', b"\xff", b'{"request": {}}']
)
def test_what_is_no_run_is_refused(tmp_path, data):
    (tmp_path / "run.json").write_bytes(data)
    with pytest.raises(CommandError, match="this is no run that `talka match` wrote, or it was changed"):
        verify(tmp_path / "run.json")


def test_a_run_of_another_version_is_proved_without_matching_anew(done, capsys):
    run = json.loads((done / "run.json").read_text(encoding="utf-8"))
    run["engine_version"] = run["outcome"]["engine_version"] = "0"
    (done / "run.json").write_bytes(resealed(run))
    verify(done / "run.json")
    assert capsys.readouterr().out.endswith(
        "Another version of Talka wrote it, so it was not matched anew.\n"
    )
