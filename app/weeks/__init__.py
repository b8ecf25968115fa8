"""Weeks: pure arithmetic of working hours, schedule codes, quarters and the law's limits."""
