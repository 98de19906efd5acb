"""Files that came with a record: how they are sealed, looked at by a scanner, pictured, verified and erased."""
