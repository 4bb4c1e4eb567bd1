"""Pages for participants: what is asked of me now."""
