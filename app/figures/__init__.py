"""Figures: what the public reads of hours; released numbers and nothing else."""
