"""The library: what a print is, how it is searched, what is stored."""
