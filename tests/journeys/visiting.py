"""The steps from the agreed match to both reports, each as somebody does it at the pages."""

from talka.demo.exchanging import a_photo
from tests.journeys.applying import GRAUSTARK, RURITANIA
from tests.journeys.deciding import opens_the_cycle
from tests.journeys.hands import (
    answer,
    as_person,
    follow,
    goes_to,
    letters_to,
    newest_letter,
    press,
    sees,
    sees_no,
    status_of,
    tick_off,
    type_in,
    unfold,
)

PAIR = f"{RURITANIA} – {GRAUSTARK}"
DAYS = {
    "2027-07-05": "We read last year's budget together",
    "2027-07-06": "We work on the live budget",
    "2027-07-07": "Questions and answers",
    "2027-07-08": "We write our own budget",
}
QUESTIONS = [f"Question {number}: what do you do about cost {number}?" for number in range(1, 11)]
# What is booked: kind, words, amount, currency, rate.
QUOTES = (
    ("Travel in economy class", "Train there and back", "186.40", "EUR", ""),
    ("Accommodation", "Three nights, Hotel Hofburg", "1240.00", "PLN", "0.2325"),
    ("Insurance", "Travel insurance, six days", "21.00", "EUR", ""),
)


def ada_writes_the_plan(world):
    """Ada writes the joint plan, with the days and ten questions, and says that she travels."""
    page = as_person(world, "ada")
    follow(page, "Write the plan")
    sees(page, "There are 0 questions: send at least 10 and at most 15 ahead.")
    type_in(page, {"The live project": "The budget of the meeting in autumn."})
    type_in(page, {"First day on site": "2027-07-05", "Last day on site": "2027-07-08"})
    type_in(page, {"City": "Hofburg", "Meeting place": "Market Square 3"})
    press(page, "Save the plan")
    for day, what in DAYS.items():
        form = page.locator("form").filter(has_text="What you do")
        form.get_by_label("Day", exact=True).fill(day)
        type_in(form, {"What you do": what, "Who meets whom": "Both treasurers"})
        press(form, "Add to the day")
    type_in(page, {"New questions, one on each line": "\n".join(QUESTIONS)})
    press(page, "Add questions")
    follow(page, "Read the whole plan, and sign it")
    press(page, "I travel")
    sees(page, "Ada travels.")
    tells_what_bookings_need(page)


def tells_what_bookings_need(page):
    """Say where one travels from and whom to call."""
    follow(page, "What your bookings need")
    type_in(page, {"City you travel from": "Strelsau"})
    answer(page, "Do you have a passport or identity card", "Yes")
    answer(page, "Do you need a visa?", "No")
    type_in(page, {"Emergency contact: name": "Otto", "telephone number": "+999 555 0101"})
    press(page, "Save")
    sees(page, "Only you and the coordinators see it")


def both_sign(world):
    """Both sides sign the plan as it stands."""
    page = as_person(world, "ada")
    press(page, f"Sign for {RURITANIA}")
    page = as_person(world, "bo")
    follow(page, "Read and sign")
    sees(page, "The budget of the meeting in autumn.", "10 questions sent ahead")
    press(page, f"Sign for {GRAUSTARK}")
    sees(page, "Signed by both")


def cleo_approves_and_books(world):
    """Cleo cannot book before she approves the plan; then she books travel, stay and insurance."""
    page = opens_the_cycle(world)
    follow(page, "One plan is signed by both and waits for your approval.")
    follow(page, PAIR)
    follow(page, "Open the booking desk")
    assert page.get_by_role("button", name="Keep the quote").count() == 0
    follow(page, PAIR)
    press(page, "Approve the plan")
    sees(page, "The plan is approved and both sides are told. You can book now.")
    for quote in QUOTES:
        books(page, *quote)
    sees(page, "11,504.30 EUR of the budget of 12,000.00 EUR are left.")


def books(page, kind, what, amount, currency, rate):
    """Take a booking from its quote to the payment, in its row of the list."""
    answer(page, "Kind of cost", kind)
    type_in(page, {"What is booked": what, "Amount": amount, "Currency": currency, "Exchange rate": rate})
    press(page, "Keep the quote")
    row = page.get_by_role("row").filter(has_text=what)
    press(row, "Approve", exact=False)
    type_in(row, {"Booking reference": "HB-1042"})
    press(row, "It is booked", exact=False)
    press(row, "It is paid", exact=False)
    sees(row, "Paid")


def ada_sees_what_is_booked(world):
    """Ada finds her bookings on the page of the exchange, and her visit as a calendar file."""
    page = as_person(world, "ada")
    goes_to(page, "My desk")
    follow(page, PAIR)
    sees(page.get_by_role("row").filter(has_text="Train there and back"), "HB-1042", "Paid")
    with page.expect_download() as calendar:
        page.get_by_role("link", name="Put it into your calendar").click()
    assert "BEGIN:VEVENT" in calendar.value.path().read_text()


def both_are_asked_for_a_report(world):
    """The visit is over: the clock asks both sides for their report, a month after the last day."""
    for name in ("ada", "bo"):
        assert "please hand it in by 8 August 2027" in newest_letter(world, name)
    sees(as_person(world, "ada"), f"write the report of {RURITANIA} on the visit")


def both_are_reminded(world):
    """Nobody wrote yet: the clock reminds both some days before the report is due."""
    for name in ("ada", "bo"):
        assert sum("report" in letter.partition("–")[0] for letter in letters_to(world, name)) == 2


def both_report(world):
    """Both sides write their report, with a photo and a next step, and hand it in."""
    steps = {"ada": "Publish our budget on the wiki", "bo": "Translate our template into English"}
    for name, step in steps.items():
        page = as_person(world, name)
        goes_to(page, "My desk")
        follow(page, "Write the report")
        writes_a_report(page, name.title(), step)


def writes_a_report(page, name, step):
    """Answer the questions of a report, add a photo and a next step, and hand it in."""
    sees(page, "Photos of the visit: at least 1")
    answers = page.locator("#answers")
    type_in(answers, {"What did you do together?": "Four days at one table, with the real budget."})
    answer(answers, "In your own view, were the learning goals met?", "Fully")
    type_in(
        answers, {"How can you tell?": "The budget is written.", "What did you learn?": "To write it down."}
    )
    type_in(answers, {"What went badly": "The first day was too full."})
    type_in(answers, {"A short story": f"On the second evening {name} found the mistake."})
    answer(answers, "May we publish the story", "Yes")
    press(answers, "Save")
    photos = page.locator("#photos")
    photo = {"name": "table.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    photos.get_by_label("Photo", exact=True).set_input_files(photo)
    type_in(photos, {"What does it show?": "Three people at a table", "Who took it?": name})
    tick_off(photos, "Everybody who can be recognised agrees")
    press(photos, "Add this photo")
    steps = page.locator("#steps")
    type_in(steps, {"What will you do?": step, "Who does it?": name, "By when?": "2027-11-30"})
    press(steps, "Add this step")
    sees(page, "Everything is there.")
    press(page, "Hand in the report")
    assert status_of(page) == "Handed in"


def cleo_accepts_both_reports(world):
    """Cleo reads both reports with their photos; one goes back with a question first."""
    page = opens_the_cycle(world)
    follow(page, "2 reports wait to be read.")
    follow(page.get_by_role("rowheader"), GRAUSTARK)
    unfold(page, "Return it with a question")
    type_in(page, {"What do you ask?": "Who came to the last day?"})
    press(page, "Return the report")
    follow(page, "Reports")
    follow(page.get_by_role("rowheader"), RURITANIA)
    sees(page, "Publish our budget on the wiki", "Three people at a table")
    press(page, "Accept the report")


def bo_answers_the_question(world):
    """Bo reads the question, adds what is missing, and hands in again; Cleo accepts."""
    assert "Who came to the last day?" in newest_letter(world, "bo")
    page = as_person(world, "bo")
    goes_to(page, "My desk")
    follow(page, "Answer it")
    sees(page, "Who came to the last day?")
    type_in(page.locator("#answers"), {"What did you do together?": "Four days. Both treasurers came."})
    press(page.locator("#answers"), "Save")
    press(page, "Hand in the report")
    office = opens_the_cycle(world)
    follow(office, "One report waits to be read.")
    follow(office.get_by_role("rowheader"), GRAUSTARK)
    sees(office, "Both treasurers came.")
    press(office, "Accept the report")
    sees_no(office, "Your answer")
