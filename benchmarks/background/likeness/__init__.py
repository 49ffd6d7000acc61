"""How like real prints the synthetic ones are: the same statistics of both, side by side."""
