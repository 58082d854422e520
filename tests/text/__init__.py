"""Tests of the room `proposals.text`."""
