"""The page 本周工作: what is to be done this week, by a township or by the district above it."""
