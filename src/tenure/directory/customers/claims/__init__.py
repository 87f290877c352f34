"""Addresses that somebody claimed a known customer has, set aside until a member looks."""
