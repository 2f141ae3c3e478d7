"""The second witness: what the browser itself says it has laid out and painted, without any script in the page.

::

    snapshot    the browser's answer becomes a small tree; no value of a field comes so far
    styles      computed styles as numbers: colours, clips, boxes
    paint       what one element paints besides its words
    standing    how each node stands: what cuts it, fades it, turns it, and moves with the page
    covers      what lies over what, and what may draw words without being text
    sight       which words of the tree a person sees: a pure function
    testimony   whether that is what the observer said of the decisive sentence and the control
    witness     asks a page's browser and puts the three together

It is asked before an act of weight, on the portal's own pages alone.
"""

from flows.witness.testimony import Disagreement, Question
from flows.witness.witness import Witness

__all__ = ["Disagreement", "Question", "Witness"]
