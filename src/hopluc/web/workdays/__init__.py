"""The page of working days: a year at a glance, entries of one's own, and what moves with them."""
