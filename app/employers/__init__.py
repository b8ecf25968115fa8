"""The directory of employers, their aliases and cities, and what public tables claim of them."""
