"""A made-up company with known truth: demo, tutorial, load generator and test oracle in one."""

from .company import NAME, Company, generate, generate_batches, write

__all__ = ["NAME", "Company", "generate", "generate_batches", "write"]
