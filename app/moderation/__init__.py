"""The desk: cases, decisions with their reasons, appeals, and the log that anyone can verify."""
