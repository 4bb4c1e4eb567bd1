"""Sets to choose from, no two of which share a member: ceilings that need no trust, and a search."""
