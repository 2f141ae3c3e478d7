"""English lines next to Devam: plain if they speak of nobody and name no act, a doubt otherwise."""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"\b(?:i (?:am|no|do|agree|accept|consent|hereby|withdraw|will|want|have|revoke|confirm|approve|would"
    r"|understand)|me|my|we|the|this"
    r"|these|are|of|for|with|by|from|and|or|rights|last|please|your?|cannot|will|to|here|page)\b"
)
_OTHER = re.compile(
    r"\b(?:ich|meine?[mnrs]?|ihre?[mnrs]?|sie|wird|werden|wurde|der|das|und|nicht|ist|eine?[mnrs]?|zu|mit|je"
    r"|mon|mes|votre|vous|nous"
    r"|les|des|est|pas|que|los|usted|consentimiento|consentement|zustimmung)\b"
)
_PERSON = re.compile(r"\b(?:i|me|my|mine|we|us|our|you|yours?|hereby|please)\b")
_ACT = re.compile(
    r"\b(?:agree|accept|approv|confirm|delet|remov|reset|revok|revoc|send|shar|pay|charg|chang|cancel|withdr|subscri"
    r"|unsub|undo|undone|end(?:s|ed|ing)?\b|stop|terminat|suspend|expir|clos|disabl|deactiv|renew|replac"
    r"|transfer|order|buy|purchas"
    r"|bill|fee|cost|price|offer|enrol|regist|opt|reject|declin|refus|eras|wip|clear|discard|forfeit|waiv"
    r"|los[et]|lock|unlock|block"
    r"|format|updat(?!ed)|switch|grant|author|permit|allow|submit|issu|void|invalid|final|irrevers|permanent"
    r"|again|longer|no\b|never"
    r"|un\w+ed\b|drop|kill|turn|off\b|out\b|leav|quit|exit|give|return|destroy|forget|pin\b|puk\b)"
)
_HELPS = re.compile(
    r"\b(?:call|contact|skip|read|see|visit|wait|download|select|press|click|insert|keep|need|check|open|use"
    r"|enter|find|learn)\b"
)
_FORWARD = re.compile(r"\b(?:press|click|select)\b")


def is_english(line: str) -> bool:
    """Return whether *line*, in bare letters, isn't Turkish, so that none of the Turkish rules can read it."""
    return bool(_OTHER.search(line)) or len(_ENGLISH.findall(line)) >= 1 + (len(line.split()) > _SHORT)


def is_plain_english(line: str) -> bool:
    """Return whether *line* is English that names no act and nothing of anybody's own, or that helps the reader."""
    line = line.replace("free of charge", "free")
    if _OTHER.search(line) or _ACT.search(line):
        return False
    person = _PERSON.search(line)
    return person is None or (
        bool(_HELPS.search(line)) and not re.search(r"\b(?:i|me|my|mine|we|us|our|hereby)\b", line)
    )


_SHORT = 5
"""In a line this short, in words, one English word decides its language."""
