"""What the service remembers: conversations, feedback, keys, audit."""
