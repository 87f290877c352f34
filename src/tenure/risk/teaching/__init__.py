"""Teaching the churn model: past instants to learn from, an exam on the last one, gates, and how it did over time."""
