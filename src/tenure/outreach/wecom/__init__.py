"""WeCom from our side: whose contact a customer is, questions to colleagues, and what customers received."""
