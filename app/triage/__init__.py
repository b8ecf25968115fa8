"""Triage: the states of an item, and detectors that see in a text what could identify somebody."""
