"""The grid 表格: one spreadsheet for the weekly ledger and for every list.

``cells`` and ``table_model`` are the seam: what stands in a cell, what a column is, how the view
asks and how it writes. ``view`` draws and listens; it knows no book.
"""
