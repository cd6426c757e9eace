"""Tables of what people type and what is said, to be read aloud."""
