"""The book: an append-only journal, and everything that is a reading of it."""
