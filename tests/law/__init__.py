"""Tests of the room `proposals.law`."""
