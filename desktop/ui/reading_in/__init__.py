"""从 Excel 读入: a stranger's workbook beside what it would change, corrected, then written.

``reading``, ``effects``, ``questions``, ``changes``, ``remarks``, ``offers`` and ``layout`` know no
Qt: what the book's thread works out for showing. ``intake`` owns what is under way; the other rooms
draw it.
"""
