"""What a customer who answers a text message wants."""

import re

_STOP = re.compile(r"(?:R|T|TD|N|QX|退订|拒收|取消|停止|STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT)", re.IGNORECASE)


def wants_no_more(words: str) -> bool:
    """Tell whether an answer takes back consent: one of the agreed words and nothing else."""
    return _STOP.fullmatch(words.strip().strip("\"'“”‘’。.!！").replace(" ", "")) is not None
