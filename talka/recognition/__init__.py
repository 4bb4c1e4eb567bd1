"""Certificates: by rule, verifiable by anybody who holds one, and revocable."""
