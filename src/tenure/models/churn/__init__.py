"""Who is about to leave: classifiers of a known, dated outcome."""
