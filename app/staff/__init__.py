"""Staff: the only named accounts, of the desk and of employers' representatives."""
