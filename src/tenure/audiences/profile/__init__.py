"""One customer across both stores: the timeline of everything that happened, and identities kept the same in both."""
