"""Vietnamese text: pure functions and data tables. No I/O besides reading the tables beside the code."""
