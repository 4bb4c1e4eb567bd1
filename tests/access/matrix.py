"""The access matrix: what each kind of person gets at each address by each method.

`matrix.txt` has a line for every route and method, with one word for each person:

    page     answered: shown, done, or told what is wrong with what was sent
    login    sent to sign in
    hidden   404: they may not know that it exists
    refused  403: they know of it and may not
    closed   405: nobody does this here
"""

from pathlib import Path

TABLE = Path(__file__).with_name("matrix.txt")
PEOPLE = ("anonymous", "dan", "ada", "bo", "eva", "rosa", "cleo", "carl")
METHODS = ("GET", "POST")
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def read_table():
    """Return (route, method) to the expected words by person. Raises ValueError for a line amiss."""
    expected = {}
    for line in TABLE.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        route, method, *words = line.split()
        if len(words) != len(PEOPLE) or (route, method) in expected:
            raise ValueError(line)
        expected[route, method] = dict(zip(PEOPLE, words, strict=True))
    return expected


def takers():
    """Return the routes that somebody may send a form to."""
    rows = [(route, words) for (route, method), words in read_table().items() if method == "POST"]
    return {route for route, words in rows if set(words.values()) - {"closed", "login"}}


def word_for(response, sign_in):
    """Say in a word what somebody got."""
    if response.status_code in (301, 302) and response["Location"].startswith(sign_in):
        return "login"
    words = {403: "refused", 404: "hidden", 405: "closed"}
    if response.status_code >= 500:
        return f"FAULT{response.status_code}"
    return words.get(response.status_code, "page")
