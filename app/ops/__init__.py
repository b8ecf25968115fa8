"""The `lamplight` command, one module for each group of verbs."""
