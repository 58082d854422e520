"""django-fsm guards the state, a row of its own tells who did what."""
