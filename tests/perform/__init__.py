"""Tests of the core of `workflows`: one door, its verdict, its previews."""
