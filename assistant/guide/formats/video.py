"""The guide as a film: H.264 in MP4 or VP9 in WebM, with chapters, captions inside and next to it, and a poster.

Nobody speaks: the pictures say what you must know, the captions add what a trainer would say. Pictures are on a grid of
25 per second, encoded only when something changes, and every two seconds. A chapter starts with a whole picture, so a
player can jump straight to it. One thread encodes, so the same guide gives the same bytes on any number of cores.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream
from PIL import Image

from assistant.guide.film.captions import TICKS, Cue, web_vtt
from assistant.guide.film.motion import play
from assistant.guide.film.stage import HEIGHT, WIDTH, cover
from assistant.guide.film.story import FilmStory, tell
from assistant.guide.model import Guide

_LONGEST_STILL = TICKS * 2
_BT709 = 1
_LANGUAGES = {"tr": "tur", "en": "eng"}
_KEY_PICTURE = 1
_ANY_PICTURE = 0
_MP4: Mapping[str, str] = {"preset": "superfast", "crf": "20", "tune": "animation", "bf": "0", "forced-idr": "1"}
_WEBM: Mapping[str, str] = {"deadline": "realtime", "cpu-used": "7", "crf": "30", "b": "0", "g": "9999"}
_SUBTITLE_HEAD = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
"""What FFmpeg's subtitle encoders are told first; the style is what they call the default themselves."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the film as MP4, its captions as WebVTT and its poster as PNG."""
    story = tell(guide)
    stem = guide.words["file.guide"]
    film, captions, poster = (folder / f"{stem}{end}" for end in (".mp4", ".vtt", "-poster.png"))
    _encode(story, film, "libx264", "mov_text", _MP4)
    captions.write_text(web_vtt(story.cues, guide.language), encoding="utf-8", newline="\n")
    cover(guide).resize((WIDTH * 2 // 3, HEIGHT * 2 // 3), Image.Resampling.LANCZOS).save(poster, optimize=True)
    return film, captions, poster


def write_webm(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the film as WebM, for players without H.264."""
    film = folder / f"{guide.words['file.guide']}.webm"
    _encode(tell(guide), film, "libvpx-vp9", "webvtt", _WEBM)
    return (film,)


def _encode(story: FilmStory, path: Path, codec: str, captions: str, options: Mapping[str, str]) -> None:
    settings = {"fflags": "+bitexact"} | ({"movflags": "+faststart"} if path.suffix == ".mp4" else {})
    with av.open(path, "w", options=settings) as film:
        video = film.add_stream(codec, rate=TICKS, options=dict(options))
        words = film.add_stream(captions)
        if not isinstance(video, VideoStream) or not isinstance(words, SubtitleStream):
            raise TypeError(codec, captions)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        # FFmpeg's constants: BT.709 throughout, as players expect for a film this size.
        context = video.codec_context
        context.thread_count = 1
        context.color_range = ColorRange.MPEG
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        words.codec_context.subtitle_header = _SUBTITLE_HEAD
        for stream in (video, words):
            stream.metadata["language"] = _LANGUAGES[story.guide.language]
        film.metadata["title"] = story.guide.title
        film.metadata["comment"] = story.guide.summary
        film.set_chapters(
            [
                {
                    "id": number,
                    "start": chapter.start,
                    "end": chapter.end,
                    "time_base": Fraction(1, TICKS),
                    "metadata": {"title": chapter.title},
                }
                for number, chapter in enumerate(story.chapters)
            ]
        )
        film.start_encoding()
        _mux_pictures(story, film, video, words)


def _mux_pictures(story: FilmStory, film: OutputContainer, video: VideoStream, words: SubtitleStream) -> None:
    left = list(story.cues)
    frame: av.VideoFrame | None = None
    shown = -1

    def show(tick: int, kind: int = _ANY_PICTURE) -> None:
        nonlocal shown
        if frame is None:
            return
        while left and left[0].start <= tick:
            _mux_cue(left.pop(0), film, words)
        frame.pts, frame.time_base, frame.pict_type = tick, Fraction(1, TICKS), kind
        film.mux(video.encode(frame))
        shown = tick

    for change in play(story):
        for tick in range(shown + _LONGEST_STILL, change.tick, _LONGEST_STILL):
            show(tick)
        frame = change.image.frame()
        show(change.tick, _KEY_PICTURE if change.is_chapter else _ANY_PICTURE)
    for tick in range(shown + _LONGEST_STILL, story.length - 1, _LONGEST_STILL):
        show(tick)
    show(story.length - 1)
    film.mux(video.encode(None))


def _mux_cue(cue: Cue, film: OutputContainer, words: SubtitleStream) -> None:
    text = "\\N".join(line.replace("{", "(").replace("}", ")") for line in cue.lines)
    start, length = (ticks * 1000 // TICKS for ticks in (cue.start, cue.end - cue.start))
    packet = words.codec_context.encode_subtitle(
        SubtitleSet.create(f"0,0,Default,,0,0,0,,{text}".encode(), 0, length, start)
    )
    packet.stream, packet.time_base = words, Fraction(1, 1000)
    packet.pts = packet.dts = start
    packet.duration = length
    film.mux(packet)
