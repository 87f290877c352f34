"""What becomes known after a provider took a message: it arrived, it did not, and which channel is tried next."""
