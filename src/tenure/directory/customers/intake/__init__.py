"""Customers arriving from imports, in bulk."""
