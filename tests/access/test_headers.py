"""What every answer of production carries, whatever it answers."""

import json
import os
import subprocess
import sys

import pytest

ASKED = """
import json, logging
import django
django.setup()
logging.disable(logging.CRITICAL)
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
call_command("check", "--deploy", "--fail-level", "WARNING")
safe = {"HTTP_HOST": "talka.example", "HTTP_X_FORWARDED_PROTO": "https"}
client = Client(raise_request_exception=False, **safe)
answers = {
    "page": client.get("/sign-in/"),
    "no such page": client.get("/nowhere/"),
    "sent to sign in": client.get("/desk/", HTTP_X_FORWARDED_HOST="evil.example"),
    "another method": client.put("/sign-in/"),
    "closed": client.get("/sign-out/"),
    "odd address": client.get("/sign-in/?next=%00"),
    "foreign host": client.get("/sign-in/", HTTP_HOST="evil.example"),
    "no token": Client(enforce_csrf_checks=True, **safe).post("/sign-in/"),
    "fault": client.get("/"),
    "static": client.get("/static/talka/site.css"),
    "no cast": client.get("/demo/cast/"),
    "no mailbox": client.get("/demo/mailbox/"),
    "language": client.post("/language/", {"language": "ar"}),
    "without TLS": Client(HTTP_HOST="talka.example").get("/sign-in/"),
}
print(json.dumps({
    name: [
        answer.status_code,
        dict(answer.items()),
        {key: [bool(c["secure"]), bool(c["httponly"]), c["samesite"]] for key, c in answer.cookies.items()},
    ]
    for name, answer in answers.items()
}))
"""
HEADERS = {
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Ask an installation of production with an empty database, where the first page is a fault."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("TALKA_", "DJANGO_"))
    }
    environment |= {
        "DJANGO_SETTINGS_MODULE": "talka.settings",
        "TALKA_DATA": str(tmp_path_factory.mktemp("production")),
        "TALKA_SECRET_KEY": "only for tests 0123456789 abcdefghijklmnopqrstuvwxyz",
        "TALKA_ADDRESS": "https://talka.example",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_answer_is_what_it_should_be(answers):
    assert {name: status for name, (status, _headers, _cookies) in answers.items()} == {
        "page": 200,
        "no such page": 404,
        "sent to sign in": 302,
        "another method": 405,
        "closed": 405,
        "odd address": 400,
        "foreign host": 400,
        "no token": 403,
        "fault": 500,
        "static": 200,
        "no cast": 404,
        "no mailbox": 404,
        "language": 302,
        "without TLS": 301,
    }


def test_every_answer_carries_every_header(answers):
    missing = {name: sorted(HEADERS - set(headers)) for name, (_status, headers, _cookies) in answers.items()}
    # Browsers ignore it without TLS.
    assert missing.pop("without TLS") == ["Strict-Transport-Security"]
    assert {name: lacks for name, lacks in missing.items() if lacks} == {}


def test_nobody_is_sent_to_the_host_that_a_request_names(answers):
    assert answers["sent to sign in"][1]["Location"] == "/sign-in/?next=/desk/"
    assert answers["without TLS"][1]["Location"] == "https://talka.example/sign-in/"


def test_cookies_are_for_this_site_over_tls_alone(answers):
    cookies = {**answers["page"][2], **answers["language"][2]}
    assert cookies == {"__Host-talka-csrf": [True, True, "Lax"], "talka-language": [True, True, "Lax"]}
