"""Acts of protection: keys are rotated and destroyed, records erased, all in the audit chain."""
