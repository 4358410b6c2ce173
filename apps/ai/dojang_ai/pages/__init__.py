"""From what was sent to pages of text."""
