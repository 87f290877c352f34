"""Rebuilds published and recomputed numbers from public data, so that anybody can see whether they still come out."""
