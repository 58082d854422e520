"""Tests of the room `proposals.register`."""
