"""Papers: said first as frozen content, drawn second.

Content comes from the book (``weekly``, ``ledger_content``) as the records of
:mod:`~desktop.reports.content`. From content to paper the rooms stand in a line::

    fonts -> prose -> pen -> page -> columns, table -> ledger_pdf -> weekly_pdf
                                                       (bound and laid down by binding)
"""
