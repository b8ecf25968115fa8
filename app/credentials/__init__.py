"""Proof of employment that names nobody: blind signatures, the public directory, spending."""
