"""What is stored: the catalogue, the feature segments and their index."""
