"""What is being watched, what is due, what went quiet: words, moves and days on plain values."""
