"""Names across scripts and spellings, as keys that any database can look up."""
