"""A selection of a scored corpus before the judge."""
