"""Page plumbing without a product noun: what every page needs and none is about."""
