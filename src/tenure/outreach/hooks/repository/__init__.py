"""Every query of webhook receivers, of what is told to them, and of what there is to tell."""
