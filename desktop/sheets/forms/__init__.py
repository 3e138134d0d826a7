"""Forms of departments 部门表样: learned once, filled every period."""
