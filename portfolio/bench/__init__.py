"""Measure pages on a large corpus, beside a floor measured in the same run. Prints; asserts nothing."""
