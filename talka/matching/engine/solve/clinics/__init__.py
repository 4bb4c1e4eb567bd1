"""Clinics: who teaches, who comes, and which are held."""
