"""Query and hits -> Draft. Pure: reads texts through what it is handed, writes nothing."""
