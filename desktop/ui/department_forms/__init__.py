"""部门表样: departments' own forms, learned once from their empty workbook, filled every period.

Reached from 调度与报表. The sheet is shown by the same view as in 从 Excel 读入.
"""
