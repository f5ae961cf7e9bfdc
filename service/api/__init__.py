"""The HTTP face: translation only, no logic."""
