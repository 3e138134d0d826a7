"""Workbooks in and out: government tables read as a proposal, registers written as xlsx.

The way in is a line of rooms, each handing frozen records to the next:

- ``workbook``: a file as plain cells. ``gate`` → ``reading`` → ``child``: only the child, a process
  of its own with limits, lets a parser touch a stranger's file. From ``grid`` on everything is a
  pure function over cells.
- ``tables``: what stands where: tables, headings, rows, cards, and what is said around them.
- ``meaning``: which heading is which field, what the rows are, what a cell says.
- ``proposals``: records and questions, made by ``proposing``; corrections remembered.
- ``plans``: a proposal beside a book, made by ``joining``; written into it as one act.

The way out is ``writing``: registers and printed tables. ``fill_in`` goes both ways: workbooks for
those without the program. ``forms`` fills the forms of others.
"""
