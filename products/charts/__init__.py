"""Pictures of the Product Team Brief, drawn as SVG: the same picture on screen and on paper."""
