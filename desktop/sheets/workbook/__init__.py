"""A file as plain cells: the gate, the child process with its limits, what the parser does not
tell. All later rooms are pure functions over :mod:`~desktop.sheets.workbook.grid`.
"""
