"""What is queued on channels whose account was forgotten: it goes another way, or is taken back."""
