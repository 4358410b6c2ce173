"""Processes that analyse contracts, one at a time each, and that can be killed."""
