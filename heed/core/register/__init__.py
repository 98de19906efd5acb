"""What is being watched, what is due, what went quiet. Nothing here yet."""
