"""django-fsm guards the state, viewflow has the tasks, votes are rows and one node waits for the ballot."""
