"""Questions, their versions and the answers."""
