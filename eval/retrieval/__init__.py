"""How good is search alone? Public sets and our own, our searchers and other people's, one way of measuring."""
