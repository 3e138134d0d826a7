"""What a proposal would do to a book, record by record and field by field, and doing it."""
