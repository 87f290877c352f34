"""A message while it is being written: what is wrong with it and where, and how it reads to somebody, before it is kept."""
