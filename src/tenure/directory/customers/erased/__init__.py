"""Who was erased and stays so: known by keyed hashes alone, so that nobody is brought back without being noticed."""
