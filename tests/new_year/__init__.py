"""Tests of the working-day calendar and of what a new year needs."""
