"""The command-line wallet: blind, finalize, ready; on the standard library alone."""
