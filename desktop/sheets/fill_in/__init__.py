"""Fill-in workbooks 填报模板: for those without the program, taken in when they come back."""
