"""Query -> hits: the visible reports, their opened texts, hybrid search."""
