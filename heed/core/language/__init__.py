"""Words that blame a child or blur what was done to her, and the plainer words to offer. Nothing here yet."""
