"""The one palette: colours and type sizes, named once, for the picture, the pages and the paper.

WeasyPrint does not apply the page's style sheet inside inline SVG, so the picture carries presentation attributes.
The same values leave here as CSS custom properties, so a colour is never written twice. Contrast is against white.
"""

COLOURS = {
    "ink": "#1B2733",  # words, rules that begin and end something: 15.1
    "soft": "#56616D",  # second voice: captions, approved months, parallel projects: 6.3
    "accent": "#12436D",  # a milestone in the picture, "act here" on a page: 10.2
    "warn": "#8A5A00",  # at risk, always with its word and the triangle: 5.9
    "focus": "#0535D2",  # keyboard focus: 8.6
    "rule": "#9AA4AF",  # quarters, table heads
    "hair": "#DDE2E7",  # months, table rows
    "pale": "#C9D0D8",  # the years of the horizon that are not this one
    "paper": "#FFFFFF",
}
FACE = "Noto Sans, sans-serif"  # on paper; on screen the style sheet puts the system face in its place

TYPE_SIZES = {
    "title": 13.5,
    "off": 13.5,  # title of a cancelled milestone
    "head": 13.5,
    "soft": 13.5,
    "summary": 12.0,
    "warning": 12.0,
    "flag": 12.0,
    "shift": 12.0,
    "number": 12.0,
    "count": 12.0,
    "white": 12.0,
    "letter": 27.0,
}
BOLD = {"title", "head", "warning", "shift", "number", "count", "white", "letter"}
CENTRED = {"shift", "number", "white", "letter"}
TEXT_COLOURS = {
    "off": "soft",
    "soft": "soft",
    "warning": "warn",
    "flag": "soft",
    "number": "accent",
    "count": "accent",
    "white": "paper",
    "letter": "accent",
}

# From back to front: what stands later hides what stands earlier.
SHAPE_LAYERS = {
    "month": {"stroke": "hair"},
    "quarter": {"stroke": "rule"},
    "rule": {"stroke": "ink", "stroke-width": "1.2"},
    "today": {"stroke": "ink", "stroke-width": "1.5"},
    "link": {"fill": "none", "stroke": "soft", "stroke-width": "1.2", "stroke-dasharray": "4 3"},
    "bar": {"stroke": "rule", "stroke-width": "4"},
    "knock": {"fill": "paper"},
    "ghost": {"fill": "paper", "stroke": "soft", "stroke-width": "1.3"},
    "mark": {"fill": "paper", "stroke": "accent", "stroke-width": "2"},
    "fill": {"fill": "accent"},
    "pale": {"fill": "pale"},
    "ink": {"fill": "ink"},
    "warn": {"fill": "warn", "stroke": "paper", "stroke-width": "1.2"},
    "tick": {"fill": "none", "stroke": "paper", "stroke-width": "2"},
    "strike": {"stroke": "soft", "stroke-width": "1.5"},
}


def css_variables() -> dict[str, str]:
    """The custom properties the style sheet must declare, `{"--ink": "#1B2733", …}`."""
    return {f"--{name}": value for name, value in COLOURS.items()}


def text_attributes(kind: str) -> dict[str, str]:
    attributes = {"font-size": f"{TYPE_SIZES[kind]:g}"}
    if kind in BOLD:
        attributes["font-weight"] = "700"
    if kind in CENTRED:
        attributes["text-anchor"] = "middle"
    return attributes | {"fill": COLOURS[TEXT_COLOURS.get(kind, "ink")]}


def layer_attributes(layer: str) -> dict[str, str]:
    """Presentation attributes of one layer of the picture, shapes or words."""
    if layer not in SHAPE_LAYERS:
        return text_attributes(layer)
    return {name: COLOURS.get(value, value) for name, value in SHAPE_LAYERS[layer].items()}


LAYERS = [*SHAPE_LAYERS, *TYPE_SIZES]
