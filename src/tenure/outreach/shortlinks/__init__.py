"""Short addresses for links of text messages: one for each link of each send, forgotten with it."""
