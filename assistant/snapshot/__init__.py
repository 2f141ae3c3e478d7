"""What a page is made of, without what it says of anybody: kept, recognised again, compared, bundled for help.

::

    vocabulary      which words may be kept: whole labels and sentences that are known (`interface.toml`)
    shaping         a look at a page with everything else as its shape
    kept, folder    the file of a snapshot, the way back into what `flows` recognises, and where such files are
    recognising     which screen a page is taken for, and why
    comparing       what differs between two; `nearness` finds the known screen that is most alike
    telling         all of that in words
    taking          during a guided run, with the person's word
    bundling        what somebody who helps needs, in one file
    visiting        the public landing page, looked at once; `junit` for a daily job
    reference       the snapshots of the mock portal that all are compared with; `docs.make_reference` makes them

It looks and tells; it presses nothing.
"""
