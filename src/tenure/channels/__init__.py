"""What a channel is, and the adapters to the services that carry messages."""
