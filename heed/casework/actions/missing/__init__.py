"""Missing children: what is written down of an episode, and what it makes somebody owe."""
