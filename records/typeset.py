"""Measure and wrap words for pictures drawn on the server.

Everything is measured with Noto Sans, the paper typeface, and with the Arial family where that is wider, which are its
capitals and some signs. So what fits here fits on every screen and on paper. Kerning is left out, because it only makes
words narrower. Words are measured once: a picture tries each of its labels at many widths.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import fontpkg_noto_sans

FONT = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
UNITS = 1000  # of the font, to one em
LAST_LATIN = "\u024f"
# Not \s: a no-break space keeps its words together, and so does any space that French sets before or inside a sign.
BREAKING_SPACE = re.compile(r"(?<!«)[ \t\r\n\f\v]+(?![:;!?»](?:\s|$))")
AFTER_HYPHEN = re.compile(r"(?<=[-/–\u2010])(?=\w)")

WIDER_IN_ARIAL = {  # thousandths of the size at 400 and 700: characters
    400: {278: "!,.:;·ı", 333: "()-`´\u2010\u2011", 500: "Jcsz", 556: "?L_§«»–†‡", 584: "+<=>~×−", 611: "FTZ¿ø",
          667: "ABEKPSVXYÞ", 722: "CR", 778: "G", 834: "¼½¾", 889: "%æ", 944: "W", 1000: "ÆŒ…™", 1015: "@"},
    700: {278: "‘’", 333: "!-:;[]¡\u2010\u2011", 500: "z“”", 556: "J_cs§–†‡", 584: "+<=>^~×−", 611: "?FLTZ¿",
          667: "EPSVYÞ", 722: "ABCKR", 778: "G", 834: "¼", 975: "@", 1000: "ÆŒ…™"},
}  # fmt: skip


@cache
def advance_widths(weight: int) -> dict[str, int]:
    """Read how far each character moves the pen at `weight` (400 regular, 700 bold), in thousandths of the size."""
    from fontTools.ttLib import TTFont  # here, because loading the font tools would slow every start of the application
    from fontTools.varLib.models import normalizeLocation, piecewiseLinearMap
    from fontTools.varLib.varStore import VarStoreInstancer

    with TTFont(FONT, lazy=True) as font:
        axes = font["fvar"].axes
        plain = normalizeLocation({"wght": weight}, {a.axisTag: (a.minValue, a.defaultValue, a.maxValue) for a in axes})
        place = {tag: piecewiseLinearMap(value, font["avar"].segments[tag]) for tag, value in plain.items()}
        table, metrics = font["HVAR"].table, font["hmtx"]
        change = VarStoreInstancer(table.VarStore, axes, place)
        return {
            chr(code): metrics[glyph][0] + round(change[table.AdvWidthMap.mapping[glyph]])
            for code, glyph in font.getBestCmap().items()
        }


@cache
def widest(weight: int) -> int:
    """Width of the widest Latin character: what to reckon with for one that another font will have to draw."""
    return max(width for letter, width in advance_widths(weight).items() if letter <= LAST_LATIN)


@cache
def character_widths(weight: int) -> dict[str, int]:
    """The widest each character gets in any face of the screen list; an accented letter is as wide as its letter."""
    wider = {letter: width for width, letters in WIDER_IN_ARIAL[weight].items() for letter in letters}
    return {
        letter: max(width, wider.get(unicodedata.normalize("NFD", letter)[0], 0))
        for letter, width in advance_widths(weight).items()
    }


@lru_cache(maxsize=16384)
def thousandths(text: str, bold: bool) -> int:
    """Width of `text` in thousandths of its size."""
    weight = 700 if bold else 400
    widths, unknown = character_widths(weight), widest(weight)
    return sum(widths.get(letter, unknown) for letter in unicodedata.normalize("NFC", text))


def measure(text: str, size: float, bold: bool = True) -> float:
    """Width of `text` set at `size`, in the units of `size`."""
    return thousandths(text, bold) * size / UNITS


def wrap(text: str, size: float, width: float, bold: bool = True) -> list[str]:
    """Break `text` into the fewest lines no wider than `width`, then as evenly as that allows.

    Breaks at spaces; a word too long for a line breaks after its hyphens and slashes, and, when that is not enough,
    anywhere, because a broken word can be read and a cut one cannot. Only a single character wider than `width` sticks
    out. Never shortens; no text, no lines.
    """
    words = [word for word in BREAKING_SPACE.split(text) if word]
    pieces = [piece for word in words for piece in _pieces(word, size, width, bold)]
    best = _fill(pieces, size, width, bold)
    low = max((measure(piece, size, bold) for piece, _ in pieces), default=width)
    while width - low > size / 4:  # halve the doubt about the narrowest column that needs no more lines
        middle = (low + width) / 2
        lines = _fill(pieces, size, middle, bold)
        if len(lines) > len(best):
            low = middle
        else:
            best, width = lines, middle
    return best


def _pieces(word: str, size: float, width: float, bold: bool) -> list[tuple[str, str]]:
    """Cut a word that is too long for a line; each piece comes with what stands before it on a shared line."""
    if measure(word, size, bold) <= width:
        return [(word, " ")]
    parts = [cut for part in AFTER_HYPHEN.split(word) for cut in _cut(part, size, width, bold)]
    return [(part, "" if i else " ") for i, part in enumerate(parts)]


def _cut(part: str, size: float, width: float, bold: bool) -> list[str]:
    """Cut anywhere, as late as possible, but keep an accent with its letter."""
    cuts = [""]
    for letter in unicodedata.normalize("NFC", part):
        fits = measure(cuts[-1] + letter, size, bold) <= width
        if not cuts[-1] or fits or unicodedata.combining(letter):
            cuts[-1] += letter
        else:
            cuts.append(letter)
    return cuts


def _fill(pieces: list[tuple[str, str]], size: float, width: float, bold: bool) -> list[str]:
    """Fill lines one after the other."""
    lines: list[str] = []
    room, limit = 0.0, width * UNITS / size
    for piece, glue in pieces:
        needed = thousandths(glue, bold) + thousandths(piece, bold)
        if lines and needed <= room:
            lines[-1] += glue + piece
            room -= needed
        else:
            lines.append(piece)
            room = limit - thousandths(piece, bold)
    return lines
