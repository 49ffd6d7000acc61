"""Cases and hits in use: each act one transaction, with its record, its news and its audit row."""
