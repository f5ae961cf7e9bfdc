"""Question sets, runner, metrics and comparison."""
