"""The verbs of people and communities."""
