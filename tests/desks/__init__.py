"""Tests of the room `workflows.desks`."""
