"""What the offline engine knows: entries about clauses of leases, each with its sources in Korean law."""
