"""Signals in the hands of the workspace: on or off, how sensitive, and how good each has been."""
