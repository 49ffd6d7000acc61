"""What the audit chain costs: milliseconds an act, alone and with many clients at once."""
