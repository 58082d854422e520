"""Whose duty it is: lent on a case, standing at a place, held beside others."""
