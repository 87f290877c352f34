"""The customer list: filtered, searched, sorted, paged, exported."""
