"""Reading the risk register: bands, scores, quality, similar statements, history."""
