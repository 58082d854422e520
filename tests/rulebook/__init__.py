"""Tests of the room `proposals.rulebook`."""
