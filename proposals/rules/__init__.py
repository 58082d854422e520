"""The law: one class per clause, each saying what it asks, by which clause, from when, and at which steps."""
