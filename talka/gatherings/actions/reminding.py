"""What the clock does for gatherings: reminders of meetings, and of action items."""

from datetime import datetime, timedelta

from talka.gatherings.actions.letters import tell
from talka.gatherings.lifecycle import ActionStatus
from talka.gatherings.models import ActionItem, Registration
from talka.gatherings.rules import newest_reminder, reminding_moment
from talka.kernel.windows import decent_moment
from talka.letters.models import Letter
from talka.letters.outbox import mark_of, write_letter

# The day before at nine, wherever somebody lives, lies at most so long before a meeting.
EARLIEST = timedelta(hours=40)
REMINDER, ITEM_DUE = "gathering_reminder", "action_item_due"


def remind_of_meetings(*, now: datetime) -> int:
    """Remind those who signed up, at nine on the day before where they live; return the letters written.

    Once a time of the meeting, so again when it was moved. Who signed up after that hour knows already, and
    of what has begun nobody is reminded.
    """
    waiting = Registration.objects.filter(
        gathering__cancelled_at__isnull=True,
        gathering__starts_at__gt=now,
        gathering__starts_at__lte=now + EARLIEST,
    ).select_related("gathering__programme", "account")
    return sum(_remind(registration, now) for registration in waiting.order_by("pk"))


def _remind(registration: Registration, now: datetime) -> int:
    gathering, account = registration.gathering, registration.account
    place = account.time_zone if account else gathering.zone
    moment = reminding_moment(gathering.starts_at, place)
    if not registration.registered_at < moment <= now:
        return 0
    due_at = decent_moment(now, place)
    letter = tell(
        REMINDER,
        registration,
        once=gathering.starts_at.isoformat(),
        now=now,
        # A late reminder at night is better than one after the meeting.
        due_at=due_at if due_at < gathering.starts_at else now,
    )
    return letter is not None


def remind_of_action_items(*, now: datetime) -> int:
    """Remind owners of what they said they would do; return the letters written.

    Four times at most: three days before the day, then once a week.
    """
    soon = now.date() + timedelta(days=5)
    waiting = ActionItem.objects.filter(
        status=ActionStatus.OPEN, due_on__lte=soon, owner__is_active=True
    ).select_related("owner", "gathering__programme")
    return sum(_remind_owner(item, now) for item in waiting.order_by("pk"))


def _remind_owner(item: ActionItem, now: datetime) -> int:
    owner = item.owner
    number = newest_reminder(item.due_on, owner.time_zone, now=now) if owner else None
    if owner is None or number is None:
        return 0
    letter = write_letter(
        ITEM_DUE,
        to=owner,
        values={
            "item": item,
            "due_on": item.due_on,
            "gathering": item.gathering,
            "programme": item.gathering.programme,
            "path": item.get_absolute_url(),
        },
        about=item,
        now=now,
        once=f"{item.due_on.isoformat()}:{number}",
        due_at=decent_moment(now, owner.time_zone),
    )
    return letter is not None


def is_stale(letter: Letter, *, now: datetime) -> bool:
    """Tell whether a reminder that could not leave in time has nothing left to remind of."""
    if letter.key == ITEM_DUE:
        return not ActionItem.objects.filter(pk=letter.subject_id or 0, status=ActionStatus.OPEN).exists()
    return letter.key == REMINDER and not _is_ahead(letter, now)


def _is_ahead(letter: Letter, now: datetime) -> bool:
    """Tell whether the meeting of a reminder is still to come, at the time that the reminder names."""
    ahead = Registration.objects.filter(
        pk=letter.subject_id or 0, gathering__cancelled_at__isnull=True, gathering__starts_at__gt=now
    )
    found = ahead.select_related("gathering").first()
    if found is None:
        return False
    starts_at = found.gathering.starts_at.isoformat()
    return letter.once == mark_of(REMINDER, found, letter.email, starts_at)
