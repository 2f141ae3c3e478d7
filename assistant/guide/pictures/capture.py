"""Takes the guide's pictures: dry runs on the mock portal through the same loop that guides a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

import fixtures
from assistant.base.errors import GuideError
from assistant.base.interrupt import is_end_asked, release_interrupts
from assistant.base.outcome import reasons
from assistant.base.words import told
from assistant.guide.model import Edition, Shot, Size, Theme
from assistant.guide.pictures.camera import TAKINGS, Camera, Captured, Privacy
from assistant.guide.pictures.catalogue import PictureSpec, picture_specs
from assistant.guide.pictures.layers import Layers, layers, write_shot
from assistant.guide.pictures.photographer import Photographer
from assistant.rehearsal.dry_run import actor_for
from assistant.rehearsal.stage import staged
from assistant.run.assemble import Cast, unattended
from assistant.run.limits import Limits
from flows import HostRule, portal_look
from flows.steps import Language
from mock_portal.online.site import COOKIE_BAR_CLOSED

SCALE = 2.0
"""Device pixels per CSS pixel."""

USUAL_STORY = "first-time"
"""The story whose run shows most pictures; for a guide to another story we take those in that story's run."""

_REASONS = frozenset(reason for reason in reasons() if reason.startswith("picture_"))

OnTaken = Callable[[str], None]
"""Called with the id of each finished picture."""


Shots = Mapping[str, Mapping[tuple[Theme, Size], Shot]]
"""Pictures by id."""


def chosen(edition: Edition, names: Collection[str] | None = None, story: str = USUAL_STORY) -> tuple[PictureSpec, ...]:
    """Return the declared pictures of *edition*, or those of *names*; the run of *story* is the usual one.

    Raises `GuideError` for a name that is no picture of this edition.
    """
    specs = {spec.id: spec for spec in picture_specs().values() if edition in spec.editions}
    for name in names or ():
        if name not in specs:
            raise GuideError("picture_unknown", f"{name} ({edition})")
    return tuple(
        replace(spec, run=story) if spec.run == USUAL_STORY else spec
        for name, spec in specs.items()
        if names is None or name in names
    )


def take_pictures(
    browser: Browser,
    folder: Path,
    edition: Edition,
    language: Language,
    names: Collection[str] | None = None,
    on_taken: OnTaken = lambda _name: None,
    takings: Sequence[tuple[Theme, Size]] = TAKINGS,
    story: str = USUAL_STORY,
) -> Shots:
    """Take the pictures of *edition* into *folder*, all or those of *names*; runs end when nothing is left to take.

    Files: ``NAME-THEME-SIZE.png`` without and ``NAME-THEME-SIZE-marked.png`` with marks. Raises `GuideError` if
    one can't be taken as declared, or a run ends without showing its screen, and `KeyboardInterrupt` after Ctrl+C.
    """
    folder.mkdir(parents=True, exist_ok=True)
    by_run: dict[str, list[PictureSpec]] = {}
    for spec in chosen(edition, names, story):
        by_run.setdefault(spec.run, []).append(spec)
    shots: dict[str, Mapping[tuple[Theme, Size], Shot]] = {}
    with layers(browser, SCALE) as drawing:

        def keep(captured: Captured) -> None:
            shots[captured.spec.id] = dict(_written(captured, folder, drawing))
            on_taken(captured.spec.id)

        for run, specs in by_run.items():
            _take_in_run(browser, run, edition, language, specs, keep, takings)
    return {name: shots[name] for name in picture_specs() if name in shots}


def _take_in_run(
    browser: Browser,
    run: str,
    edition: Edition,
    language: Language,
    specs: Sequence[PictureSpec],
    keep: Callable[[Captured], None],
    takings: Sequence[tuple[Theme, Size]],
) -> None:
    scenario = replace(fixtures.scenarios()[run].in_edition(edition), page_clock=True)
    seated: list[Photographer] = []
    # A card in memory: no picture shows the card, and it answers at once.
    with staged(scenario, None) as stage:

        def seat(context: BrowserContext, rule: HostRule) -> Photographer:
            # The pictures show a portal that has already shown its cookie notice.
            context.add_cookies([{"name": COOKIE_BAR_CLOSED, "value": "1", "url": stage.entry}])
            person = stage.person
            privacy = Privacy((person.name, *person.name.split(), person.password, person.sms_code))
            ribbon = told("guide.picture.ribbon", language)
            camera = Camera(portal_look(), language, privacy, ribbon=ribbon, takings=takings)
            seated.append(Photographer(actor_for(scenario, stage, context, rule), camera, specs, keep))
            return seated[-1]

        shape = {"device_scale_factor": SCALE}
        cast = Cast(stage.entry, stage.card, stage.ask_pin, stage.national_id, seat, shape)
        result = unattended(cast, browser, Limits().but(scenario.patience))
    release_interrupts()  # there is more to do
    if result.reason in _REASONS:
        raise GuideError(result.reason, result.ending.detail)
    missed = seated[-1].missing
    if is_end_asked() or (missed and result.reason == "person_stopped"):
        raise KeyboardInterrupt
    if missed:
        missing = ", ".join(spec.id for spec in missed)
        raise GuideError("picture_not_met", f"{missing} ({result.outcome.value}, {result.reason})")


def _written(captured: Captured, folder: Path, drawing: Layers) -> Iterator[tuple[tuple[Theme, Size], Shot]]:
    for (theme, size), capture in captured.takings.items():
        name, dark = f"{captured.spec.id}-{theme}-{size}", theme == "dark"
        png, marks, ribbon, controls = capture.png, capture.marks, capture.ribbon, capture.controls
        shot = write_shot(folder, name, png, marks, drawing, dark=dark, ribbon=ribbon, controls=controls)
        yield (theme, size), replace(shot, structure=captured.structure)
