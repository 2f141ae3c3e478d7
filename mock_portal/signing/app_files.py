"""The files of the pretend e-imza application: a JNLP that names the signing service, and a jar that does nothing."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from xml.sax.saxutils import quoteattr

JNLP_NAME = "KamuSM-eimza.jnlp"
JNLP_TYPE = "application/x-java-jnlp-file"

JAR_NAMES = ("KamuSMeImzaUygulamasi.jar", "KamuSM-eImza.jar")
"""Names the application has been seen under (portal-facts, section 2); the first is in the JNLP."""

JAR_TYPE = "application/java-archive"

SERVICE_PROPERTY = "jnlp.eimza.service"
"""Where the card signer looks for the service's address (signing protocol)."""

_JNLP = """\
<?xml version="1.0" encoding="utf-8"?>
<jnlp spec="6.0+" codebase={codebase} href={href}>
  <information>
    <title>KamuSM e-İmza Uygulaması (BENZETİM)</title>
    <vendor>BENZETİM – gerçek portal değildir</vendor>
    <icon href={icon}/>
  </information>
  <update check="background"/>
  <security><all-permissions/></security>
  <resources>
    <j2se version="1.7.0_0+" href="" initial-heap-size="256m" java-vm-args="-XX:+UseParNewGC -XX:+UseConcMarkSwepGC"/>
    <jar href={jar} main="true"/>
    <property name={property} value={service}/>
  </resources>
  <application-desc main-class="benzetim.EImza"/>
</jnlp>
"""
"""Modelled on the one that KamuSM published for another application of its own: the codebase is the bare host without
a slash, addresses begin at its root, the Java is old, one of its arguments misspelt. The property is ours."""

_README = "BENZETİM: bu dosya bir uygulama içermez.\n"


def jnlp(origin: str) -> bytes:
    """Return the JNLP for an origin such as `http://127.0.0.1:8123`; all its addresses are there."""
    text = _JNLP.format(
        codebase=quoteattr(origin),
        href=quoteattr(f"/eimza/{JNLP_NAME}"),
        icon=quoteattr("/static/online/icon.svg"),
        jar=quoteattr(f"/eimza/{JAR_NAMES[0]}"),
        property=quoteattr(SERVICE_PROPERTY),
        service=quoteattr(f"{origin}/eimza/api"),
    )
    return text.encode("utf-8")


@cache
def placeholder_jar() -> bytes:
    """Return a jar without a class, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as jar:
        for name, text in (("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n"), ("OKU.txt", _README)):
            jar.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()
