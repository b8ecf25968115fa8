"""Sends a mail; knows no purpose."""
