"""Excel forms: made for one agency and signed, read back by cell."""
