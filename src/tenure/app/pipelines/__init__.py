"""The loop, readable file by file: each pipeline carries rows one step further."""
