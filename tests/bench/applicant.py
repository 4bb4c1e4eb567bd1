"""Somebody who applies over HTTP, as a browser without scripts would."""

import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FORMS = re.compile(r'<form method="post"(?: action="([^"]*)")?.*?</form>', re.DOTALL)
ANSWERS = {
    "profile": "Twelve people, most of them editors for three years or longer.",
    "size": "up_to_20",
    "activity": "regular",
    "maturity": "developing",
    "topics-0-capacity": "event_budgets",
    "topics-0-level": "1",
    "languages-0-language": "English",
    "languages-0-level": "4",
    "has_passport": "true",
    "needs_visa": "false",
}
GOAL = {
    "problem": "Our yearly conference ran 30 % over its budget twice.",
    "change": "Two of us keep a budget up to date from the first booking on.",
    "evidence": "The costs stay within 5 % of the budget, which is public.",
}
COMMITMENTS = {"plan_first": "on", "bookings_by_staff": "on", "report_in_a_month": "on"}


@dataclass
class Applicant:
    """One connection with its cookies, and how long each answer took, in seconds."""

    port: int
    session: str
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.cookies["talka-session"] = self.session
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=90)


def ask(applicant, method, address, values=None):
    """Send one request; return the status, the address it leads to, and the page."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in applicant.cookies.items())}
    if values is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.perf_counter()
    applicant.line.request(method, address, urlencode(values) if values is not None else None, headers)
    answer = applicant.line.getresponse()
    page = answer.read().decode()
    (applicant.reads if method == "GET" else applicant.writes).append(time.perf_counter() - began)
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        name, _, value = cookie.partition(";")[0].partition("=")
        applicant.cookies[name] = value
    return answer.status, answer.headers.get("Location", ""), page


def send_form(applicant, page, address, values):
    """Fill in the form of a page that leads to the address, and send it; it has to be accepted."""
    form = next(found for found in FORMS.finditer(page) if (found[1] or address) == address)
    status, place, _page = ask(applicant, "POST", address, {**dict(HIDDEN.findall(form[0])), **values})
    if status != 302:
        raise ValueError(f"{address} answered {status}")
    return place.partition("#")[0]


def apply(applicant, call, community, days):
    """Start an application, fill it in and hand it in; tell whether the server acknowledged all of it."""
    try:
        start = f"/desk/apply/{call}/"
        own = send_form(applicant, ask(applicant, "GET", start)[2], start, {"applicant": community})
        page = ask(applicant, "GET", own)[2]
        dates = {"dates-0-starts_on": days[0], "dates-0-ends_on": days[1]}
        send_form(applicant, page, f"{own}answers/", {**ANSWERS, **dates})
        send_form(applicant, page, f"{own}goals/", {**GOAL, "by_when": days[2]})
        send_form(applicant, page, f"{own}format/", {"format": "mentee_travels"})
        send_form(applicant, page, f"{own}commitments/", COMMITMENTS)
        send_form(applicant, ask(applicant, "GET", own)[2], f"{own}submit/", {})
    except (ValueError, OSError, HTTPException, StopIteration) as error:
        applicant.troubles.append(f"{type(error).__name__}: {error}")
        return False
    finally:
        applicant.line.close()
    return True
