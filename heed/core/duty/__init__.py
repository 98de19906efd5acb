"""What is owed, by whom, by when: posts, the ladder, working time, and the moves of a duty."""
