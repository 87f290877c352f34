"""Rules beside the model: what the house knows about its customers, written by its people."""
