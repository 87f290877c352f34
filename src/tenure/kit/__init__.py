"""Tools a different product could use unchanged; no business noun lives here."""
