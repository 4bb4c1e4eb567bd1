"""Eligibility by rule, review by people, then a decision."""
