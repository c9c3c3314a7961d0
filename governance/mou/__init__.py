"""Memoranda of understanding: read, merged, frozen, in force (domain.md §6)."""
