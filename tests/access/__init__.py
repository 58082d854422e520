"""Every address, method, duty and relation against each other."""
