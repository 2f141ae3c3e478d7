"""Asks the person whether we may take pictures, and afterwards about each one."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from playwright.sync_api import BrowserContext

from assistant.base.words import Words
from assistant.desk.ask import ask
from assistant.desk.ending import warning
from assistant.desk.guided_run import Desk
from assistant.desk.surface import Surface
from assistant.desk.view import QuestionView, View
from assistant.desk.way import lines
from assistant.guide.from_run.camera import Photo, PortalCamera
from assistant.run.leave import Leaving
from flows import Hand, HostRule, Observer, steps


@dataclass(slots=True)
class PictureTaking:
    """Comes along on a guided run. Keeps only what the person has looked at and kept."""

    wanted: Collection[str]
    """Screens we want a picture of."""
    agreed: bool | None = field(default=None, init=False)
    """The person's answer; None if the run never asked."""
    kept: dict[str, Photo] = field(default_factory=dict, init=False)
    """By screen, filled by `after`."""
    _camera: PortalCamera | None = field(default=None, init=False)

    def before(self, desk: Desk) -> Desk | None:
        """Ask before the run whether we may take pictures. None if the person doesn't agree."""
        words = desk.words
        texts = [words(f"pictures.agree.{part}") for part in ("title", "meaning", "yes", "no")]
        question = QuestionView(-1, texts[0], texts[1], "", texts[2], texts[3])
        view = View(lines("landing", words.language), now=texts[0], question=question)
        self.agreed = ask(desk.surface, view) is True
        return replace(desk, camera=self._open) if self.agreed else None

    def after(self, desk: Desk) -> None:
        """Show each picture after the run, and keep those that the person keeps.

        Meanwhile nobody watches the portal's window, so if the person has gone back to a trap we leave it once more.
        """
        if self._camera is None or not self._camera.photos:
            return
        observer = Observer(self._camera.context, self._camera.rule)
        leaving = Leaving(observer, Hand(observer))
        stands_on = leaving.leave(good=True)
        if leaving.interrupted:
            raise KeyboardInterrupt
        self.kept = review(self._camera.photos, desk.surface, desk.words, warning(stands_on, desk.words))

    def _open(self, context: BrowserContext, rule: HostRule) -> PortalCamera:
        self._camera = PortalCamera(context, rule, self.wanted)
        return self._camera


def review(photos: dict[str, Photo], surface: Surface, words: Words, warn: str = "") -> dict[str, Photo]:
    """Ask about each picture. No answer means no; a closed window means no for the rest.

    *warn* is shown all the time.
    """
    kept: dict[str, Photo] = {}
    catalogue = steps(words.language)
    for at, (screen, photo) in enumerate(photos.items(), start=1):
        step = catalogue[screen]
        question = QuestionView(
            id=-1 - at,
            title=words("pictures.review.title", at=at, count=len(photos), step=step.title),
            meaning=words("pictures.review.meaning"),
            quote="",
            yes=words("pictures.review.yes"),
            no=words("pictures.review.no"),
            photo=f"data:image/png;base64,{b64encode(photo.png).decode()}",
            photo_alt=step.alt or step.title,
        )
        now = words("pictures.review.now")
        answer = ask(surface, View(lines(screen, words.language), warn=warn, now=now, question=question))
        if answer is None:
            break
        if answer:
            kept[screen] = photo
    return kept
