"""Reading for release impact analyses: expectations, deployments, what is due, and the frozen content."""
