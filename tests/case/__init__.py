"""Tests of the room `proposals.case`."""
