"""Why something cannot be done with an initiative now."""

from talka.kernel.reasons import Reason


class Refused(Exception):
    """Something is in the way; carries the reason, for the person who asked."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason
