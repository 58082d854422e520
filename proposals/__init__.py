"""Facts and law: what a staffing proposal is and what the rules say of it."""
