"""The corpus: a large, regular portfolio made in the database by sets, for measuring (scale.md; decisions.md §30)."""
