"""OneLedger 一本账: one project, one list, one ledger, kept offline by township offices."""

__version__ = "0.1.0"
