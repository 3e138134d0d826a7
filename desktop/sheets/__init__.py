"""Workbooks in and out: government tables read as a proposal, registers written as xlsx.

The way in is a line of rooms, each handing frozen records to the next:

- ``gate`` → ``reading`` → ``child`` (``parts``, ``ods_marks``, ``xls_marks``, ``commas``): a file
  as plain cells (``grid``). Only the child, a process of its own with limits, lets a parser touch a
  stranger's file.
- ``tables`` (``headings``, ``rows``, ``beside``, ``cards``), ``surroundings``: what stands where.
- ``wording``, ``vocabulary``, ``candidates``, ``evidence``, ``guesses``, ``kinds``, ``mapping``:
  which heading is which field, and what the rows are; ``signatures`` remember corrections.
- ``readings``, ``texts``, ``amounts``, ``measures``: what a cell means.
- ``proposing`` (``filling``, ``settling``, ``recording``, ``listing``, ``months``, ``merging``,
  ``sections``, ``checking``): the ``proposal`` with its questions; ``answers`` to them.
- ``joining`` (``subjects``, ``owners``, ``known``, ``tree``, ``weeks``, ``drafts``): the ``plan``
  beside a book; ``taking``: written into it as one act.

From ``grid`` on everything is a pure function over cells. The way out is ``write`` (``looks``,
``drawing``, ``styles``).
"""
