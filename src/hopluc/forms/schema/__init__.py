"""What a form asks: its definition as data, the values that fit it, the checks between them. Pure: no database."""
