"""Other ways to carry one proposal of twelve steps, each in an environment of its own: `requirements.in` beside it."""
