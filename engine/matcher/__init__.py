"""Two described prints to a score, the paired minutiae and the transform."""
