"""Tests of the room `proposals.plan`."""
