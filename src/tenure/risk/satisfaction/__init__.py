"""Satisfaction and retention told apart: how far each score predicts staying, and who does not do what they said."""
