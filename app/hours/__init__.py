"""Hour reports: what one worker says of a usual week, raw, until a release freezes it."""
