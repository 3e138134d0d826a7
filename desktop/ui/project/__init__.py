"""The page 项目: one project, one list, one ledger."""
