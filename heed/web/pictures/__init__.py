"""Pictures as plain geometry, drawn by the server: a template turns numbers into SVG, no script does."""
