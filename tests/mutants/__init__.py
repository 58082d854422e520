"""Wrong copies of the core, one small fault each: `make test-mutants` asks whether the nearest tests see them."""
