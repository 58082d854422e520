"""viewflow alone, as its documentation shows it: tasks for every step and every voter."""
