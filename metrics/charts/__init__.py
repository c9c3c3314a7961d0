"""Lines of twelve months as inline SVG (ux.md A14)."""
