"""清单: what is to be done or settled, across all projects, the most urgent first."""
