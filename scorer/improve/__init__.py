"""A better definition: drafted by a model from what is known, graded by both witnesses, shown as a difference, refused where it gains nothing."""
