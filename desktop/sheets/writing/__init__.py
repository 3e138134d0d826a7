"""Workbooks written: registers, printed tables, their looks."""
