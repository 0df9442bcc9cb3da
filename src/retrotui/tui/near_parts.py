"""Small changes drawn small: what stands elsewhere on the screen is not looked at.

Textual draws a part anew together with every part of the same frame, wherever that stands. With a clock that
changes once a second, and with every key, that is most of the work.
"""

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class NearCompositor(Compositor):
    """Puts a picture together from the parts that stand where something has changed."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders()
            return
        everywhere = self.visible_widgets
        self._visible_widgets = near = {
            part: (region, clip)
            for part, (region, clip) in everywhere.items()
            if crop.overlaps(region.intersection(clip))
        }
        try:
            yield from super()._get_renders(crop)
        finally:
            if self._visible_widgets is near:  # else the screen was laid out anew meanwhile
                self._visible_widgets = everywhere
