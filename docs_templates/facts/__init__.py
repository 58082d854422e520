"""What papers are told: frozen dataclasses of primitives, one module a family of papers."""
