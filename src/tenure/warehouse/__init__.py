"""What happened: the promised tables, the business words over them, and the engines that answer."""
