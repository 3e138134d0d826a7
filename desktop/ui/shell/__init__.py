"""What stands around every page: menu, top bar, messages, progress, status line."""
