"""What customers will buy, season and habits included: BTYD expectations corrected by what earlier origins taught."""
