"""Forms: one editor per type of field, a record's form, the dialog for a new one."""
