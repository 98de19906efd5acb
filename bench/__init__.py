"""Side-by-side measurements: Heed against the rules and products it is measured by."""
