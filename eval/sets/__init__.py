"""Question sets: data files only."""
