"""Bookings, budget, visas and letters of invitation, by coordinators only."""
