"""A demonstration: invented employers, invented weeks, real figures."""
