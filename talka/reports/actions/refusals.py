"""Why something cannot be done with a report now."""

from talka.kernel.reasons import Reason


class Refused(Exception):
    """Something is in the way; carries the reasons, for the person who asked."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.key for reason in reasons))
        self.reasons = reasons


class VisitNotOver(Refused):
    """The last day on site has not passed."""


class Incomplete(Refused):
    """The report lacks something that the programme asks for."""


class StepRefused(Refused):
    """The next step has a day on which it cannot be done."""


class NotWritable(Refused):
    """The report is with the coordinators: nobody writes in it now."""


class ReportsOpen(Refused):
    """The exchange cannot be closed while a report is not accepted."""


class ExchangeClosed(Refused):
    """The exchange is closed: its reports stand until it is reopened."""
