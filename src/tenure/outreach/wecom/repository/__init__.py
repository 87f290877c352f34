"""Every query about WeCom: tasks and what was handed over, and who has whom."""
