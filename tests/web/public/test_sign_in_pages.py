"""Signing in, in the browser: what opens the door, what does not, and where it leads."""

import re

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from talka.letters.models import Letter
from talka.people.models import Account, SignInCode

pytestmark = pytest.mark.django_db


def ask(client, email="eve@example.org", onward=""):
    """Ask for a code; return the six digits of the newest letter."""
    answer = client.post(reverse("public:sign_in"), {"email": email, "next": onward})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("public:code"))
    return re.search(r"\d{6}", Letter.objects.latest("pk").subject)[0]


def give(client, code):
    return client.post(reverse("public:code"), {"code": code})


def other(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_right_code_signs_in_and_leads_to_the_desk(client):
    answer = give(client, ask(client))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("desk:home"))
    assert get_user(client).email == "eve@example.org"


def test_digits_of_another_script_and_spaces_around_are_understood(client):
    arabic = ask(client).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert give(client, f" {arabic} ").status_code == 302


def test_the_session_gets_another_key_and_forgets_the_code(client):
    code = ask(client)
    before = client.session.session_key
    give(client, code)
    assert client.session.session_key != before
    assert "signing_in" not in client.session
    assert give(client, code).headers["Location"] == reverse("public:sign_in")


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "12 34 56", "²²²²²²", "1" * 5000, "12\x0034"]
)
def test_what_is_no_code_gets_a_sentence(client, code):
    ask(client)
    answer = give(client, code)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])


def test_the_page_of_the_code_is_kept_nowhere(client):
    ask(client)
    assert "no-store" in client.get(reverse("public:code")).headers["Cache-Control"]
    assert "no-store" in give(client, "").headers["Cache-Control"]


def test_a_wrong_code_does_not_sign_in_and_counts(client):
    code = ask(client)
    for _try in range(5):
        assert give(client, other(code)).status_code == 422
    assert give(client, code).status_code == 422
    assert not get_user(client).is_authenticated


def test_the_code_works_only_in_the_browser_that_asked(client):
    code = ask(client)
    thief = type(client)()
    assert thief.post(reverse("public:code"), {"code": code}).headers["Location"] == reverse("public:sign_in")
    ask(thief)
    if Letter.objects.latest("pk").subject.split()[-1] != code:
        assert give(thief, code).status_code == 422
    assert give(client, code).status_code == 302


@pytest.mark.parametrize(
    "email", ["", "eve", "eve@", "a@b", "x" * 250 + "@example.org", "e\x00ve@example.org"]
)
def test_what_is_no_address_gets_a_sentence_and_no_letter(client, email):
    answer = client.post(reverse("public:sign_in"), {"email": email})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert Letter.objects.count() == 0


def test_the_page_answers_known_and_unknown_addresses_alike(client, ada):
    known = client.post(reverse("public:sign_in"), {"email": ada.email})
    unknown = client.post(reverse("public:sign_in"), {"email": "nobody@example.org"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert Letter.objects.count() == 2


def test_the_sixth_code_of_an_hour_gets_a_sentence(client):
    for _code in range(5):
        ask(client)
    answer = client.post(reverse("public:sign_in"), {"email": "eve@example.org"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert SignInCode.objects.count() == 5


def test_the_reader_goes_on_to_where_they_were_going(client):
    answer = give(client, ask(client, onward="/desk/account/?a=1"))
    assert answer.headers["Location"] == "/desk/account/?a=1"


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "http://testserver.evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "desk:home",
        "nowhere",
        "evil.example",
        "http://testserver@evil.example/",
        " //evil.example",
        "\x00//evil.example",
        "/" + "x" * 5000,
        "?next=//evil.example",
    ],
)
def test_nobody_is_sent_elsewhere(client, onward):
    assert give(client, ask(client, onward=onward)).headers["Location"] == reverse("desk:home")


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "nowhere", "/" + "x" * 5000])
def test_choosing_a_language_and_being_one_of_the_cast_send_nobody_elsewhere(client, ada, onward):
    answer = client.post(reverse("public:language"), {"language": "ar", "next": onward})
    assert (answer.headers["Location"], answer.cookies["talka-language"].value) == ("/", "ar")
    answer = client.post(reverse("public:cast"), {"email": ada.email, "next": onward})
    assert answer.headers["Location"] == reverse("desk:home")


def test_a_language_that_is_not_offered_is_not_kept(client):
    answer = client.post(reverse("public:language"), {"language": "<script>", "next": "/"})
    assert list(answer.cookies) == []


def test_a_line_break_in_the_way_back_adds_no_header(client):
    answer = client.post(reverse("public:language"), {"language": "en", "next": "/x\r\nSet-Cookie: a=b"})
    assert answer.headers["Location"] == "/x%0D%0ASet-Cookie:%20a=b"


@pytest.mark.parametrize("email", ["", "eve@example.org", "cleo@demo.invalid\x00", "x" * 5000])
def test_only_the_cast_can_be_chosen(client, ada, email):
    Account.objects.create(email="eve@example.org", name="Eve", joined_at=ada.joined_at)
    assert client.post(reverse("public:cast"), {"email": email}).status_code == 404
    assert not get_user(client).is_authenticated


def test_there_is_no_cast_and_no_mailbox_outside_the_demo(client, ada, settings):
    settings.DEMO = False
    assert client.get(reverse("public:cast")).status_code == 404
    assert client.post(reverse("public:cast"), {"email": ada.email}).status_code == 404
    assert client.get(reverse("public:mailbox")).status_code == 404


def test_signing_out_ends_the_session_on_the_server(client_of, ada):
    client = client_of(ada)
    key = client.session.session_key
    client.post(reverse("public:sign_out"))
    client.cookies["talka-session"] = key
    assert client.get(reverse("desk:account")).status_code == 302


def test_signing_in_and_out_need_the_token_of_a_form(ada, client):
    strict = type(client)(enforce_csrf_checks=True)
    for name in ("sign_in", "code", "sign_out", "language", "cast"):
        assert strict.post(reverse(f"public:{name}"), {"email": ada.email}).status_code == 403


def test_signing_out_by_a_link_is_refused(client_of, ada):
    assert client_of(ada).get(reverse("public:sign_out")).status_code == 405
