"""A stand-in for KamuSM's app: a separate process that knows nothing of the project.

Usage: ``app.py FOLDER JNLP``. Takes the code from the clipboard of its display, as a person would paste it, and signs
with the key in FOLDER by means of openssl. ``seen`` in FOLDER tells what it took.
"""

import base64
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def main(folder: Path, jnlp: Path) -> int:
    """Wait for a code that the service knows, sign what it stands for, and hand that in."""
    found = re.search(r'name="jnlp.eimza.service"\s+value="([^"]+)"', jnlp.read_text(encoding="utf-8"))
    if found is None:
        return 3
    refused = ""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        code = pasted()
        if code and code != refused and (folder / "sign").exists():
            try:
                hand_in(f"{found[1]}/requests/{code}", folder)
            except urllib.error.HTTPError:
                refused = code
                continue
            (folder / "seen").write_text(code, encoding="utf-8")
            return 0
        time.sleep(0.1)  # as a person would look again: a clipboard tells nobody of its change
    return 4


def pasted() -> str:
    """Return the code on the clipboard, or nothing."""
    done = subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, text=True, check=False)
    return done.stdout if re.fullmatch(r"\d{15}", done.stdout) else ""


def hand_in(address: str, folder: Path) -> None:
    """Fetch the document, sign it with openssl and post the signature."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (loopback)
        document = base64.b64decode(json.load(answer)["document"])
    command = (
        "openssl cms -sign -nodetach -cades -md sha256 -binary -outform DER -signer certificate.pem -inkey key.pem"
    )
    signed = subprocess.run(command.split(), cwd=folder, input=document, capture_output=True, check=True).stdout
    headers = {"content-type": "application/pkcs7-signature"}
    post = urllib.request.Request(f"{address}/signature", signed, headers)  # noqa: S310 (loopback)
    urllib.request.urlopen(post).close()  # noqa: S310


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
