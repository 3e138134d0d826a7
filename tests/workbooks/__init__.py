"""Test workbooks in the shapes that Chinese offices really send, each with its truth.

`python -m tests.workbooks.build` writes them to `tests/data/workbooks`: NAME and
NAME.truth.json. The rooms below are families of shapes; each workbook says in its `about` what
it is and, where it is shaped after a public table, in its `source` which one. No person's data
is copied; names, figures and codes are made up. The makers have not looked at the reader.

The `later_` rooms came when the reader was thought to be finished, from other hands again. Scored
before anybody looked: of 904 fields 863 right, 18 asked about, 23 wrong; of these two were the
truth's fault, four stood in the months they belong to. Then the reader was mended.

The shape of a truth (money in integer yuan, dates ISO, empty as null):
- `projects`, `items`: records in the order of the workbook, by the field names of the design. A
  key that is present is judged; a key that is absent is not (the sheet leaves it open, or the
  column has no field of its own). Where `projects` is absent altogether it is not judged.
- `unclear`: cells that a reader must ask about: sheet, cell, record, field, text, value (what the
  clerk would put meanwhile, null: nothing), question; `or`: other cells where it may ask instead.
  One question about a column answers for all its cells (a missing unit of money).
- `may_ask`: sheet, cell and field where a question is reasonable and must not count against it;
  field null: whatever the question is.
- `skipped`: rows inside a table's body that are no record: sheet, row, kind (`total`, `heading`
  repeated, `section`, `note`, `blank name`), reason.
- `period`, `unit`, `filled_on`, `week`: what the title, the file's name or the head line say.
- `tables`: as `read-excel --tables --json` gives them; `section_rows` and `numbering_rows` are
  neither header nor data and listed beside. Headings are written without blanks and line breaks.
  Sheets that hold only cards or prose have no table. Where `tables` is absent it is not judged.
"""
