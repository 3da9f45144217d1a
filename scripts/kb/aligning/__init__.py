"""Which parts of a text render which of another, in Chinese and Japanese, without understanding either."""
