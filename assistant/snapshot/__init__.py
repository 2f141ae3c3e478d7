"""What a page is made of, without anything personal: saved, recognised, compared, bundled for whoever helps.

::

    vocabulary      which words we may keep: whole labels and sentences we know (`interface.toml`)
    shaping         a look at a page, with everything else reduced to its shape
    kept, folder    a snapshot's file, how it turns back into what `flows` recognises, and where such files are
    recognising     which screen we take a page for, and why
    comparing       how two differ; `nearness` finds the known screen most like it
    telling         all of that in words
    taking          during a guided run, with the person's consent
    bundling        what a helper needs, in one file
    visiting        one look at the public landing page; `junit` for a daily job
    reference       snapshots of the mock portal to compare with; `docs.make_reference` makes them

It looks and reports. It never presses anything.
"""
