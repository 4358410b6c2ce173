"""A contract's text, cut into the clauses that people talk about."""
