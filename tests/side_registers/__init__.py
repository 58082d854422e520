"""Tests of the room `proposals.side_registers`."""
