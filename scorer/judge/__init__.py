"""The second witness: a language model that answers the same facts, with quotes that are checked. It picks no number and knows no weight."""
