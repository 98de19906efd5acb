"""One file for each detector: its words, its counting, its limits."""
