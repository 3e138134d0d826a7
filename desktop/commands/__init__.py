"""The verbs of the command line, one room a subject; each imports what it needs when it runs."""
