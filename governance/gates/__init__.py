"""Which toll-gates are open, what they ask for and how far it is there: rules over data, nothing per gate (domain.md §5)."""
