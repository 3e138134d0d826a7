"""What stands where on a sheet: tables, headings, rows, cards, and what is said around them."""
