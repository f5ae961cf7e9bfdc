"""Answers the reports do not state but that follow from stated figures by simple arithmetic, shown as such."""
