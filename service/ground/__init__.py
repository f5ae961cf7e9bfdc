"""The guard: the only builder of Answer. Checks every number, period, place and citation of a draft."""
