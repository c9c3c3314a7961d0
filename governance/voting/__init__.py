"""How a board votes: who may, what counts, which decisions its rule allows (domain.md §5). Nothing here writes."""
