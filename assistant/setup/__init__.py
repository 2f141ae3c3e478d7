"""Gets this machine ready: the browser, a PKCS#11 module, the tools that tests need.

`environment.py` is a standalone script: the launchers run it before anything is installed.
"""

from assistant.setup.browser import Browser, find_browser
from assistant.setup.parts import Part, ensure, install_command, missing
from assistant.setup.system import System

__all__ = ["Browser", "Part", "System", "ensure", "find_browser", "install_command", "missing"]
