"""Churn classifiers side by side: the same tables, the same folds, default settings."""
