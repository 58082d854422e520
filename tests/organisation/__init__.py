"""Tests of the room `proposals.organisation`."""
