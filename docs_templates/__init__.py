"""Paper: how the facts of a case look when they are printed and kept."""
