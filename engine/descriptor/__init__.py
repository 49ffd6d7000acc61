"""A template to its minutia cylinders and index codes."""
