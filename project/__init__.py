"""Wiring and site."""
