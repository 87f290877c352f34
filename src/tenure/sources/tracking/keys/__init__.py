"""Write keys: who may send events, from where, how fast, and under which name."""
