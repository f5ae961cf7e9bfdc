"""Reports in, passages and figures out."""
