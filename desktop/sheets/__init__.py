"""Workbooks in and out: government tables read as a proposal, registers written as xlsx.

The way in is a line of rooms, each handing plain records to the next::

    gate -> child/reading -> grid -> tables -> mapping -> values -> proposal -> joining -> the book

Only :mod:`~desktop.sheets.child` touches a stranger's file with a parser, in a process of its own;
everything after it is a pure function over a grid of cells. The way out is
:mod:`~desktop.sheets.write`.
"""
