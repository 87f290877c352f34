"""Which items to show whom: four ways of ranking, judged by a split in time, and what is bought again."""
