"""The second witness: what the browser itself laid out and painted, with no script in the page.

::

    snapshot    turns the browser's answer into a small tree; no field's value gets further
    styles      computed styles as numbers: colours, clips, boxes
    paint       what one element paints besides its words
    standing    what cuts each node, fades it, turns it, and moves with the page
    covers      what lies over what, and what may draw words without being text
    sight       which words of the tree a person sees: a pure function
    testimony   whether that matches what the observer said of the decisive sentence and the control
    witness     asks a page's browser and puts the pieces together

We ask it before an act of weight, on the portal's own pages only.
"""

from flows.witness.testimony import Disagreement, WitnessQuestion
from flows.witness.witness import Witness

__all__ = ["Disagreement", "Witness", "WitnessQuestion"]
