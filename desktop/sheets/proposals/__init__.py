"""What a workbook would bring: records, every value with its cell, questions, answers, memory."""
