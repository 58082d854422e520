"""Tests of the room `proposals.opening`."""
