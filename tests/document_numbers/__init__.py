"""Tests of the room `docs_templates.numbers`."""
