"""Who gets which answer at which address, declared in a table."""
