"""The chain of a subject, asked without an office: built by hand, read by the product."""
