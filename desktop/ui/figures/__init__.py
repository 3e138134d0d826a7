"""指标与图: the week's figures by unit, category, level, down to the projects behind each total.

``reading`` and ``trend`` read the book, ``tabulation`` and ``drawings`` say what is shown of it;
``table``, ``screen`` and ``page`` show it.
"""
