"""What customers will buy and spend when nobody tells us that they have left."""
