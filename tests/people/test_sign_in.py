"""Signing in with a one-time code."""

from datetime import timedelta

import pytest

from talka.letters.models import Letter
from talka.people.actions.sign_in import (
    CODE_LIFE,
    TooManyCodes,
    WrongCode,
    find_or_make_account,
    send_sign_in_code,
    use_sign_in_code,
)
from talka.people.models import Account, SignInCode

pytestmark = pytest.mark.django_db
ADDRESS = "eve@example.org"


def ask(now, email=ADDRESS):
    """Ask for a code; return what was kept and the code from the newest letter."""
    sent = send_sign_in_code(email=email, language="en", now=now)
    return sent, Letter.objects.latest("pk").subject.split()[-1]


def other(code):
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def use(sent, code, now):
    return use_sign_in_code(sent=sent.pk, code=code, language="en", now=now)


def test_the_right_code_opens_the_door_and_makes_the_account_once(now):
    sent, code = ask(now)
    first = use(sent, code, now)
    sent, code = ask(now, email=" EVE@Example.org ")
    assert use(sent, code, now) == first
    assert list(Account.objects.values_list("email", "name")) == [(ADDRESS, "eve")]


def test_only_a_hash_of_the_code_is_kept(now):
    _sent, code = ask(now)
    assert len(code) == 6
    assert code not in [str(value) for value in SignInCode.objects.values_list()[0]]


def test_a_wrong_code_does_not_open_the_door(now):
    sent, code = ask(now)
    with pytest.raises(WrongCode):
        use(sent, other(code), now)
    assert Account.objects.count() == 0


def test_a_used_code_does_not_open_the_door_again(now):
    sent, code = ask(now)
    use(sent, code, now)
    with pytest.raises(WrongCode):
        use(sent, code, now)


def test_a_code_lives_to_the_last_second(now):
    sent, code = ask(now)
    with pytest.raises(WrongCode):
        use(sent, code, now + CODE_LIFE)
    assert use(sent, code, now + CODE_LIFE - timedelta(seconds=1)).email == ADDRESS


def test_after_five_wrong_tries_the_right_code_is_of_no_use(now):
    sent, code = ask(now)
    for _try in range(5):
        with pytest.raises(WrongCode):
            use(sent, other(code), now)
    with pytest.raises(WrongCode):
        use(sent, code, now)


def test_the_fifth_try_may_be_the_right_one(now):
    sent, code = ask(now)
    for _try in range(4):
        with pytest.raises(WrongCode):
            use(sent, other(code), now)
    assert use(sent, code, now).email == ADDRESS


def test_a_code_opens_nobody_elses_door(now):
    _mine, code = ask(now)
    theirs, their_code = ask(now, email="victim@example.org")
    if code != their_code:
        with pytest.raises(WrongCode):
            use(theirs, code, now)


def test_somebody_elses_asking_does_not_spoil_a_code(now):
    mine, code = ask(now)
    ask(now)
    assert use(mine, code, now).email == ADDRESS


def test_the_sixth_code_within_an_hour_is_refused_and_no_letter_written(now):
    for _code in range(5):
        ask(now)
    with pytest.raises(TooManyCodes):
        ask(now + timedelta(minutes=59))
    assert Letter.objects.count() == 5
    ask(now + timedelta(hours=1))


def test_the_limit_is_for_each_address_apart(now):
    for _code in range(5):
        ask(now)
    sent, code = ask(now, email="other@example.org")
    assert use(sent, code, now).email == "other@example.org"


def test_ten_unused_codes_a_day_are_the_most(now):
    for hour in range(2):
        for _code in range(5):
            ask(now + timedelta(hours=hour))
    with pytest.raises(TooManyCodes):
        ask(now + timedelta(hours=5))
    ask(now + timedelta(hours=24))


def test_used_codes_do_not_count_for_the_day(now):
    for hour in range(12):
        later = now + timedelta(hours=hour)
        sent, code = ask(later)
        use(sent, code, later)
    assert SignInCode.objects.filter(used_at__isnull=False).count() == 12


def test_an_account_that_is_closed_stays_closed(now):
    account = find_or_make_account(email=ADDRESS, language="en", now=now)
    Account.objects.update(is_active=False)
    sent, code = ask(now)
    with pytest.raises(WrongCode):
        use(sent, code, now)
    assert Account.objects.get() == account


def test_a_very_long_name_before_the_at_sign_is_cut(now):
    account = find_or_make_account(email=f"{'x' * 180}@example.org", language="en", now=now)
    assert account.name == "x" * 120
