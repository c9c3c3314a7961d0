"""What pages and papers of this floor are drawn from."""
