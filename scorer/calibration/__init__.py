"""How far the scores agree with published ones, and the points that make them agree.

Works on rows of numbers (`observe`) or on reports (`compare`), never on definitions' text; knows the rubric as a value and
neither how facts are found nor how cards are written. `table` and what stands on it need the extra `calibrate`.
"""
