"""The guide's pictures, and the marks on them.

`take_pictures` sends the mock portal through the loop that guides a person and takes each screen declared in
``pictures.toml``, masked before any capture. `draw_pictures` makes the schematic drawings of the signing app.
`take_with_all_cores` does both at once.
"""

from assistant.guide.pictures.capture import take_pictures
from assistant.guide.pictures.crew import Wanted, take_with_all_cores
from assistant.guide.pictures.drawings import draw_pictures
from assistant.guide.pictures.sources import picture_sources, reread_pictures

__all__ = ["Wanted", "draw_pictures", "picture_sources", "reread_pictures", "take_pictures", "take_with_all_cores"]
