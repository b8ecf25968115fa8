"""What runs by itself, so that an operator of a small server has nothing to remember."""
