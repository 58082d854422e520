"""Where papers get their facts: from the models and the chain of a case or meeting to the frozen dataclasses."""
