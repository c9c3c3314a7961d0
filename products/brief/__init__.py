"""Pure knowledge of the Product Team Brief: its elements, its canonical form, comparison and age (domain.md §3)."""
