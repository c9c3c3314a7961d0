"""Indicators as people read them (domain.md §8).

periods.py    months, quarters and years of a department, each by its first day
standing.py   met, on track, behind, not reported; improving or worsening
words.py      figures, targets and periods in the reader's language
stability.py  team stability, computed from the roles of the team
table.py      the indicators of a product in one fiscal year
"""
