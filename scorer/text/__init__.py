"""Words, sentences and quotes: what facts, signals and risk share. No I/O, no scores."""
