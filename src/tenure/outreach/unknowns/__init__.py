"""Sends nobody can vouch for: the provider is asked, or a rule of the channel decides; nothing is repeated blindly."""
