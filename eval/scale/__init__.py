"""How hybrid search and the service grow: made reports, latency, memory, size and build rate, beside other tools."""
