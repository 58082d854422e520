"""Tests of the room `proposals.effect`."""
