"""The gate every contact passes: a pure function of what is asked, who the customer is, the rules, and the time."""
