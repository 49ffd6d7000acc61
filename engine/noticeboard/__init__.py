"""What is done with notices: each act with its rules, its record and its row in the audit chain."""
