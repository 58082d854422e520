"""Moves: the one door through which anything happens to a case."""
