"""Accounts, communities, and who represents whom."""
