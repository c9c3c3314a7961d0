"""Reading a memorandum: pure functions from its rows to its text (domain.md §6).

template.py      the edition in use, its clauses, the words in braces they may use
facts.py         everything the text is made from, read once
placeholders.py  what each word in braces becomes, in either language, and where it is entered
blocks.py        the tables a section shows: parties, amounts, targets, bodies, officials
sections.py      the fourteen sections as numbered paragraphs
canonical.py     the whole as canonical JSON, and its hash
versions.py      the version log
open_points.py   what is still missing, with the page where it is entered
force.py         coming into force
ending.py        who may end it, and when it has ended
redline.py       what differs between two texts
"""
