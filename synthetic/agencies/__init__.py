"""Six agencies, each writing its own records of the same world in its own way."""
