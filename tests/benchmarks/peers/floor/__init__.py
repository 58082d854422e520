"""The floor: what any audited step must write, one UPDATE and one INSERT in a transaction."""
