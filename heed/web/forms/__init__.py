"""What people fill in. A form says what is wrong in a sentence; it never decides."""
