"""The engines that answer questions of the lake; no other file names one."""
