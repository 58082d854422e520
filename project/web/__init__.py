"""The only HTTP of the project."""
