"""Question -> Query. Pure: no I/O besides reading the word tables beside the code."""
