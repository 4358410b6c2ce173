"""Reading letters in pictures."""
