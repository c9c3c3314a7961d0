"""Pages as their readers see them, whatever the lines of their templates."""

import re


def tight(page: str) -> str:
    """The page on one line: no white space beside a tag, and never more than one elsewhere; no-break spaces stay."""
    return re.sub(r" ?(<[^>]*>) ?", r"\1", re.sub(r"[ \t\r\n]+", " ", page))
