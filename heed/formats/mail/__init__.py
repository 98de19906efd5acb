"""E-mail as it was sent: a message is a concern, its sender is its author, and nobody unknown is guessed."""
