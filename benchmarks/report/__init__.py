"""One page of evidence out of stored results."""
