"""Talka runs peer-learning programmes from the call to the impact report."""
