"""Tests of the books of numbers: what comes in and what goes out."""
