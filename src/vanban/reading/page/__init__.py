"""What stands where on a page: words, lines and rules by their places, and the columns and tables that they form."""
