"""The window: Qt, and only here. A page for each part of a week's work, one worker for the book."""
