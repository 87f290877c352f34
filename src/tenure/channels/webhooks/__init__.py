"""Webhooks as Standard Webhooks describes them."""
