"""Papers: said first as frozen content, drawn second.

Content comes from the book (``weekly``, ``ledger_content``) as the records of
:mod:`~desktop.reports.content`. From content to paper the rooms stand in a line::

    fonts -> prose -> pen -> page -> columns, table -> paper_feet -> ledger_pdf -> paper_pdf
                      chart_pdf, qr                    paper_heads, paper_lines, paper_forms
                                    (bound and laid down by binding, fit for the archive)
"""
