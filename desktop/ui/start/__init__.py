"""The first start: no book is open yet. Open one, found one, look at the demonstration."""
