"""Tests of the room `proposals.use_of_posts`."""
