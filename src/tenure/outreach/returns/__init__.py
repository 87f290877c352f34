"""Mail that comes back: bounces and complaints, matched to the send they speak of, and what follows from each."""
