"""What headings and values mean: words of the scheme, values as evidence, money, dates, units."""
