"""Packages and sticks: what leaves a book, how it is sealed, and how it is judged when it comes.

This layer knows the ledger only. What comes from a stick is bytes until it has passed, in this
order, container (magic, suite, limits, length, header, seal), keys (certificate, signature),
payload (strict records), and the judges of entries; nothing before that may touch the book.
"""
