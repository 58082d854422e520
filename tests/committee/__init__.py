"""The committee at work: votes, meetings, minutes."""
