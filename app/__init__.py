"""Lamplight: the hours people really work, and nobody who said so."""
