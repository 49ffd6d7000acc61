"""Evidence: data sets, protocols and figures. Run from a checkout, never shipped."""
