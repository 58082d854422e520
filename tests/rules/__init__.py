"""Tests of the law: for each clause one case that breaks it and one that keeps it."""
