"""What pages and papers of this floor are drawn from, gathered in a fixed number of questions."""
