"""Stages of long work that are done: who takes the work up again finds what they left behind."""
