"""Explains lease contracts to tenants: reads the pages, finds the clauses, says what each means and how risky it is."""
