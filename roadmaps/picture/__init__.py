"""The executive view as a picture: one roadmap year, drawn as SVG by our own code, the same on screen and on paper.

Nothing here knows a database or a request. A caller fills the frozen dataclasses of `year.py`, adds the words of the
reader's language (`words.py`) and gets a string. The way of a picture:

    year.py     what is shown: lanes, milestones, parallel projects, horizon, today
    course.py   where each milestone stands, where it came from and where it goes
    labels.py   which words each one says at which level of detail
    bands.py    the lanes; layout.py places everything in them so that no two things meet (occupancy.py: what is free)
    frame.py    horizon, quarters, months, lane names, today, key
    drawing.py  the whole, as one SVG; `marks.py` holds the shapes, `canvas.py` the layers
    measure.py  widths of words; `palette.py` colours and type
"""

from roadmaps.picture.drawing import draw_year
from roadmaps.picture.marks import glyph
from roadmaps.picture.palette import css_variables
from roadmaps.picture.words import PictureWords, picture_words
from roadmaps.picture.year import (
    HorizonYear,
    PictureLane,
    PictureMilestone,
    PictureProject,
    PictureYear,
)

__all__ = [
    "HorizonYear",
    "PictureLane",
    "PictureMilestone",
    "PictureProject",
    "PictureWords",
    "PictureYear",
    "css_variables",
    "draw_year",
    "glyph",
    "picture_words",
]
