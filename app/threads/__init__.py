"""Threads: what people say, under a pseudonym that lasts for one thread."""
