"""Twelve-word accounts: what proves them, what they recognise, how they begin and end."""
