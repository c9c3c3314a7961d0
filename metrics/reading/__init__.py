"""What the pages show of delivery: months in words, values with their reasons, findings. Reads only (dora.md §2.4–2.7)."""
