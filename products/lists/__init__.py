"""What can be listed on this floor: search without accents, filters, and the catalogue of reference data."""
