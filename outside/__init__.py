"""Programs for people outside Heed. Each is one file, needs little or nothing but Python, and knows nothing of Heed."""
