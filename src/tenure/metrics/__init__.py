"""Numbers about many customers: each is one expression over the lake, defined once, with an interval."""
