"""Why a certificate cannot be issued."""

from talka.kernel.reasons import Reason


class CertificateRefused(Exception):
    """Something is in the way; carries the reason, for the person who asked."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason
