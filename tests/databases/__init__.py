"""What several people do at the same moment, on the real databases."""
