"""The versions of the churn model: kept without code, promoted by rules or by a person, with their history."""
