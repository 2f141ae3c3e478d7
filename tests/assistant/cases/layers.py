"""How dialogs and notices are drawn: by hand, by the browser itself, and as the usual libraries do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

GONE = """function gone() {
  document.querySelectorAll('[data-layer]').forEach((layer) => layer.remove());
  document.querySelector('#root')?.removeAttribute('aria-hidden');
}"""
"""The script that takes a layer away, whichever it is."""
STYLE = """#root{min-height:100px}.lid{position:fixed;inset:0;background:#0008;z-index:1000}
.box{background:#fff;margin:8% auto;width:420px;padding:2em}.float{position:fixed;z-index:1001;left:50%;top:90px;
transform:translateX(-50%);width:420px;background:#fff;padding:2em}.btn{padding:6px 12px;display:inline-block}
svg.i{width:16px;height:16px;vertical-align:middle}.up{text-transform:uppercase}"""
_ICON = '<svg class="i" viewBox="0 0 16 16"><path d="M2 8l4 4 8-8" stroke="#333" fill="none"/></svg>'
_CROSS = '<svg class="i" viewBox="0 0 16 16"><path d="M2 2l12 12M14 2L2 14" stroke="#333"/></svg>'


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a layer."""

    title: str
    body: str
    """HTML."""
    buttons: Sequence[str]
    """HTML of each, made with `BUTTONS`."""
    close: str = ""
    """The script of the cross in the corner; empty if there is no cross."""

    def heading(self, tag: str = "h2", more: str = "") -> str:
        """Return the title as an element, or nothing."""
        return f"<{tag} {more}>{self.title}</{tag}>" if self.title else ""

    def cross(self, html: str) -> str:
        """Return *html* with its ``DO`` replaced, or nothing if there is no cross."""
        return html.replace("DO", self.close) if self.close else ""

    @property
    def row(self) -> str:
        """The buttons in one line."""
        return " ".join(self.buttons)


def _plain(c: Content) -> str:
    return f'{c.cross(_X)}{c.heading()}<div>{c.body}</div><div class="actions">{c.row}</div>'


_X = '<button type="button" style="float:right" onclick="DO">×</button>'

BUTTONS: Mapping[str, str] = {
    "button": '<button type="button" class="btn" onclick="DO">LABEL</button>',
    "prime": '<button type="submit" class="ui-button ui-widget ui-state-default ui-corner-all" onclick="DO;return false">'
    '<span class="ui-button-icon-left ui-icon ui-c"></span><span class="ui-button-text ui-c">LABEL</span></button>',
    "link": '<a href="#" class="btn" role="button" onclick="DO;return false">LABEL</a>',
    "postback": '<a class="btn" href="javascript:void(0)" onclick="DO">LABEL</a>',
    "input": '<input type="button" class="btn" value="LABEL" onclick="DO">',
    "div": '<div role="button" tabindex="0" class="btn" onclick="DO">LABEL</div>',
    "span": '<span class="btn" style="cursor:pointer" onclick="DO">LABEL</span>',
    "mui": '<button type="button" class="MuiButtonBase-root btn up" tabindex="0" style="position:relative" onclick="DO">'
    'LABEL<span class="MuiTouchRipple-root" style="position:absolute;inset:0;pointer-events:none"></span></button>',
    "vuetify": '<button type="button" class="v-btn btn" style="position:relative" onclick="DO"><span class="v-btn__overlay" '
    'style="position:absolute;inset:0;pointer-events:none"></span><span class="v-btn__content">LABEL</span></button>',
    "iconed": f'<button type="button" class="btn" onclick="DO">{_ICON} LABEL</button>',
}
ICONS: Mapping[str, str] = {
    "svg": f'<button type="button" class="btn" onclick="DO">{_ICON}</button>',
    "font": '<a href="#" class="btn" onclick="DO;return false"><i class="fa fa-check" style="display:inline-block;'
    'width:16px;height:16px"></i></a>',
    "named": f'<button type="button" class="btn" aria-label="LABEL" onclick="DO">{_ICON}</button>',
    "sign": '<button type="button" class="btn" onclick="DO">✓</button>',
    "switch": '<span style="display:inline-block;width:40px;height:20px;background:#ccc;cursor:pointer" onclick="DO">'
    "</span>",
}
"""Buttons without words."""


def button(label: str, do: str, shape: Random, *, style: str = "") -> str:
    """Return a button in one of today's usual shapes, or in *style*'s."""
    html = {**BUTTONS, **ICONS}[style or shape.choice(list(BUTTONS))]
    return html.replace("LABEL", label).replace("DO", do)


FRAMES: Mapping[str, Callable[[Content], str]] = {
    "native": lambda c: f"""<dialog data-layer id="dlg" oncancel="log('wrong-escape')">{_plain(c)}</dialog>
<script>dlg.showModal()</script>""",
    "native-form": lambda c: f"""<dialog data-layer id="dlg" aria-labelledby="dt"><form method="dialog"
onsubmit="return false">{c.heading("h2", 'id="dt"')}<p>{c.body}</p><menu>{c.row}</menu>{c.cross(_X)}</form></dialog>
<script>document.getElementById('dlg').showModal()</script>""",
    "aria": lambda c: f'<div data-layer class="lid" role="dialog" aria-modal="true"><div class="box">{_plain(c)}</div></div>',
    "alertdialog": lambda c: f"""<div data-layer class="lid"><div class="box" role="alertdialog" aria-modal="true"
aria-describedby="ad">{c.heading()}<p id="ad">{c.body}</p>{c.row}{c.cross(_X)}</div></div>""",
    "plain": lambda c: f'<div data-layer class="lid"></div><div data-layer class="float">{_plain(c)}</div>',
    "over": lambda c: f"""<div data-layer style="position:fixed;top:0;left:0;width:100%;height:100vh;background:#fff">
{_plain(c)}</div>""",
    "absolute": lambda c: f"""<div data-layer style="position:absolute;top:0;left:0;width:100%;height:1600px;
background:#fffd"><div style="padding:40px">{_plain(c)}</div></div>""",
    "popover": lambda c: f"""<div data-layer popover="manual" id="pop" style="width:100vw;height:100vh;border:0;
background:#fffd">{_plain(c)}</div><script>pop.showPopover()</script>""",
    "corner": lambda c: f"""<div data-layer role="dialog" aria-modal="true" style="position:fixed;right:0;bottom:0;
width:360px;background:#fff;border:1px solid">{_plain(c)}</div>""",
    "shadow": lambda c: f"""<ui-modal data-layer></ui-modal><script>document.querySelector('ui-modal')
.attachShadow({{mode: 'open'}}).innerHTML = `<style>{STYLE}</style><div class="lid"><div class="box" part="panel">
{_plain(c)}</div></div>`</script>""",
    "shadow-slots": lambda c: f"""<ui-dialog data-layer>{c.heading("span", 'slot="title"')}<div>{c.body}</div>
<div slot="footer">{c.row}</div></ui-dialog><script>document.querySelector('ui-dialog').attachShadow({{mode: 'open'}})
.innerHTML = `<style>{STYLE}</style><div class="lid"><div class="box" role="dialog"><slot name="title"></slot>
{c.cross(_X)}<slot></slot><slot name="footer"></slot></div></div>`</script>""",
    "bootstrap": lambda c: f"""<div data-layer class="modal-backdrop fade show lid"></div><div data-layer
class="modal fade show" tabindex="-1" role="dialog" aria-modal="true" style="display:block;position:fixed;inset:0;
z-index:1055"><div class="modal-dialog modal-dialog-centered"><div class="modal-content box"><div class="modal-header">
{c.heading("h5", 'class="modal-title"')}{c.cross('<button type="button" class="btn-close" aria-label="Close" '
'onclick="DO" style="width:20px;height:20px"></button>')}</div><div class="modal-body">{c.body}</div>
<div class="modal-footer">{c.row}</div></div></div></div>""",
    "bootstrap-like": lambda c: f"""<div data-layer class="modal" style="display:block;position:fixed;inset:0;
background:#0008"><div class="modal-dialog box">{c.cross('<a class="close" href="#" onclick="DO;return false">&times;</a>')}
{c.heading("h4")}<div class="modal-body">{c.body}</div>{c.row}</div></div>""",
    "primefaces": lambda c: f"""<div data-layer id="j_idt9_modal" class="ui-widget-overlay ui-dialog-mask lid"></div>
<div data-layer id="j_idt9" class="ui-confirm-dialog ui-dialog ui-widget ui-shadow float" role="alertdialog"
aria-labelledby="j_idt9_title" aria-hidden="false"><div class="ui-dialog-titlebar ui-widget-header">
{c.heading("span", 'id="j_idt9_title" class="ui-dialog-title"')}{c.cross('<a href="#" class="ui-dialog-titlebar-icon '
'ui-dialog-titlebar-close" aria-label="Kapat" onclick="DO;return false"><span class="ui-icon ui-icon-closethick" '
'style="display:inline-block;width:16px;height:16px"></span></a>')}</div><div class="ui-dialog-content">
<span class="ui-icon ui-confirm-dialog-severity"></span><span class="ui-confirm-dialog-message">{c.body}</span></div>
<div class="ui-dialog-buttonpane ui-dialog-footer">{c.row}</div></div>""",
    "material": lambda c: f"""<div data-layer class="cdk-overlay-container"><div class="cdk-overlay-backdrop
cdk-overlay-dark-backdrop cdk-overlay-backdrop-showing lid"></div><div class="cdk-global-overlay-wrapper"
style="position:fixed;inset:0;z-index:1001;display:flex;justify-content:center;pointer-events:none">
<div class="cdk-overlay-pane" style="pointer-events:auto"><mat-dialog-container tabindex="-1" role="dialog"
aria-modal="true" class="box" style="display:block">{c.heading("h2", 'mat-dialog-title')}
<div class="mat-mdc-dialog-content mdc-dialog__content">{c.body}</div><div class="mat-mdc-dialog-actions">{c.row}
{c.cross('<button mat-icon-button aria-label="Kapat" onclick="DO"><mat-icon aria-hidden="true">close</mat-icon></button>')}
</div></mat-dialog-container></div></div></div>""",
    "antd": lambda c: f"""<div data-layer><div class="ant-modal-root"><div class="ant-modal-mask lid"></div>
<div tabindex="-1" class="ant-modal-wrap" style="position:fixed;inset:0;z-index:1001"><div role="dialog"
aria-modal="true" class="ant-modal box"><div tabindex="0" aria-hidden="true" style="width:0;height:0;overflow:hidden">
</div><div class="ant-modal-content">{c.cross('<button type="button" aria-label="Close" class="ant-modal-close" '
f'onclick="DO"><span class="ant-modal-close-x"><span role="img" aria-label="close">{_CROSS}</span></span></button>')}
<div class="ant-modal-header">{c.heading("div", 'class="ant-modal-title"')}</div><div class="ant-modal-body">{c.body}</div>
<div class="ant-modal-footer">{c.row}</div></div></div></div></div></div>""",
    "mui": lambda c: f"""<div data-layer role="presentation" class="MuiDialog-root MuiModal-root" style="position:fixed;
inset:0;z-index:1300"><div aria-hidden="true" class="MuiBackdrop-root lid" style="z-index:-1"></div><div tabindex="0"
data-testid="sentinelStart"></div><div class="MuiDialog-container" role="presentation" tabindex="-1"><div
class="MuiPaper-root MuiDialog-paper box" role="dialog" aria-labelledby="mt">{c.heading("h2", 'id="mt"')}
<div class="MuiDialogContent-root"><p>{c.body}</p></div><div class="MuiDialogActions-root">{c.row}</div>
{c.cross(f'<button type="button" aria-label="kapat" onclick="DO">{_CROSS}</button>')}</div></div><div tabindex="0"></div>
</div><script>document.querySelector('#root').setAttribute('aria-hidden', 'true')</script>""",
    "vuetify": lambda c: f"""<div data-layer class="v-overlay-container"><div class="v-overlay v-overlay--active v-dialog"
role="dialog" aria-modal="true" style="position:fixed;inset:0;z-index:2400"><div class="v-overlay__scrim lid"
style="z-index:-1"></div><div class="v-overlay__content"><div class="v-card box"><div class="v-card-title">{c.title}</div>
<div class="v-card-text">{c.body}</div><div class="v-card-actions">{c.row}{c.cross(_X)}</div></div></div></div></div>""",
    "element": lambda c: f"""<div data-layer class="el-overlay is-message-box lid"><div role="dialog" aria-modal="true"
class="el-overlay-message-box"><div class="el-message-box box" tabindex="-1"><div class="el-message-box__header">
{c.heading("div", 'class="el-message-box__title"')}{c.cross('<button type="button" class="el-message-box__headerbtn" '
'aria-label="Bu iletişim kutusunu kapat" onclick="DO"><i class="el-icon" style="display:inline-block;width:1em;height:1em">'
'</i></button>')}</div><div class="el-message-box__content">{c.body}</div><div class="el-message-box__btns">{c.row}</div>
</div></div></div>""",
    "sweetalert": lambda c: f"""<div data-layer class="swal2-container swal2-center swal2-backdrop-show lid"><div
class="swal2-popup swal2-modal swal2-icon-warning box" tabindex="-1" role="dialog" aria-live="assertive"
aria-modal="true">{c.cross('<button type="button" class="swal2-close" aria-label="Close this dialog" onclick="DO">×</button>')}
<div class="swal2-icon swal2-warning"><div class="swal2-icon-content" aria-hidden="true">!</div></div>
{c.heading("h2", 'class="swal2-title"')}<div class="swal2-html-container">{c.body}</div>
<div class="swal2-actions">{c.row}</div></div></div>""",
    "jquery-ui": lambda c: f"""<div data-layer class="ui-widget-overlay ui-front lid"></div><div data-layer tabindex="-1"
role="dialog" class="ui-dialog ui-widget ui-front float" aria-describedby="jd"><div class="ui-dialog-titlebar">
{c.heading("span", 'class="ui-dialog-title"')}{c.cross('<button type="button" class="ui-button ui-dialog-titlebar-close" '
'title="Close" onclick="DO"><span class="ui-icon ui-icon-closethick"></span> Close</button>')}</div>
<div id="jd" class="ui-dialog-content">{c.body}</div><div class="ui-dialog-buttonset">{c.row}</div></div>""",
    "webforms": lambda c: f"""<div data-layer id="mpe_backgroundElement" class="modalBackground lid"></div>
<div data-layer id="ctl00_pnl" class="float"><table><tr><td colspan="2"><b>{c.title}</b></td></tr><tr><td>{c.body}</td></tr>
<tr><td>{c.row}{c.cross(_X)}</td></tr></table></div>""",
}  # fmt: skip
"""By name: the layer with its content, as HTML; scripts in it run when it is put into the page as it loads."""
