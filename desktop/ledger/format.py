"""The mark and the number of a book's file, by which it is known before anything is read of it."""

from __future__ import annotations

#: "1LGR": says that an SQLite file is a book.
APPLICATION = 0x314C4752
#: The format that this program writes, the number of the last step of its migrations.
FORMAT = 3
