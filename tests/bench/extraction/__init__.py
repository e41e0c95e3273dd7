"""The parts of `extract.py`: which servers, where they come from, how they are compared, and a large tree."""
