"""Photos of the site: made small, dropped on a row, shown as a strip and large."""
