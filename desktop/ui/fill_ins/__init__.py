"""发填报模板: workbooks for those without the program, one per recipient, given out and explained.

They come back through 从 Excel 读入.
"""
