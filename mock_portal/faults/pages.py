"""The pages and scripts that faults bring in. Scripts are files of the site, as its own CSP demands."""

from __future__ import annotations

from mock_portal.web import MOCK_NOTICE

SURVEY = "/static/faults/survey.html"

_PAGE = """<!doctype html>
<html lang="tr"><head><meta charset="utf-8">{head}<title>{title}</title></head>
<body><p><small>{notice}</small></p>{body}</body></html>
"""


def plain(title: str, text: str) -> str:
    """Return a page with a heading and one sentence."""
    return _PAGE.format(head="", title=title, notice=MOCK_NOTICE, body=f"<h1>{title}</h1><p>{text}</p>")


MAINTENANCE = plain(
    "Bakım çalışması",
    "Sistemimizde planlı bakım çalışması yapılmaktadır. Bu süre içinde hizmet verilememektedir.",
)


def hop(target: str) -> str:
    """Return a page that moves on to *target* (escaped) by itself."""
    refresh = f'<meta http-equiv="refresh" content="0.4;url={target}">'
    body = "<p>Yönlendiriliyor, lütfen bekleyiniz.</p>"
    return _PAGE.format(head=refresh, title="Yönlendiriliyor", notice=MOCK_NOTICE, body=body)


def framed(target: str) -> str:
    """Return a page with *target* (escaped) in a frame and nothing of its own."""
    body = f'<iframe src="{target}" width="1100" height="900" title="İşlemler"></iframe>'
    return _PAGE.format(head="", title="Online İşlemler", notice=MOCK_NOTICE, body=body)


def with_script(html: str, name: str) -> str:
    """Return *html* with one of the scripts from `mock_portal/static/faults/`."""
    return html.replace("</head>", f'<script src="/static/faults/{name}" defer></script></head>', 1)
