"""Journeys of people through Talka, from the call to the impact."""
