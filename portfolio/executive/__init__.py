"""The executive view of one roadmap year: what it shows, found and put into words without a request (domain.md §4, ux.md A4).

facts.py      the records of one roadmap at one instant
reading.py    those records as they stand now, in a handful of queries
rewind.py     the same records as they stood at an instant of the past
lines.py      each milestone of the year: its lane, its number, where it was promised, where it went
figures.py    indicators, delivery by quarter and their targets, in one query
words.py      counts, figures, months in the reader's language
findings.py   the headings: sentences computed from the lines
drawing.py    the year as a picture
milestones.py, outcomes.py, situation.py, measures.py, delivery.py   the tables under the picture
page.py       the whole as context of the page and of the PDF
"""
