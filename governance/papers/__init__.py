"""Papers of boards: the decision brief on one page, the pack of a meeting, its minutes (ux.md A8). Nothing here decides."""
