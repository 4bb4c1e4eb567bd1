"""Issuing certificates, making an exception, issuing one anew, and revoking one."""

from talka.recognition.actions.issuing import issue_by_exception, issue_certificates, replace_certificate
from talka.recognition.actions.refusals import CertificateRefused
from talka.recognition.actions.revoking import revoke_certificate

__all__ = [
    "CertificateRefused",
    "issue_by_exception",
    "issue_certificates",
    "replace_certificate",
    "revoke_certificate",
]
