"""Why something cannot be done with a gathering now."""


class GatheringOver(Exception):
    """The gathering is past or was cancelled: nobody signs up for it any more."""


class NoPlaceLeft(Exception):
    """Everybody who has a place has signed up."""


class AgendaClosed(Exception):
    """The meeting is over, or the point was talked about: only coordinators still change the agenda."""


class NoNextMeeting(Exception):
    """The series has no meeting ahead that could take what was left over."""


class NotFresh(Exception):
    """The meeting has not begun, was cancelled, or is too long ago for people to say that they were there."""
