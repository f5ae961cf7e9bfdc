"""Bytes of one file -> one Report. Pure: no disk, no network; the way in is ``read.read_report``."""
