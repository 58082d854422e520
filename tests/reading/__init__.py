"""What is typed, pasted and imported."""
