"""Error rates from scores, after ISO/IEC 19795-1."""
