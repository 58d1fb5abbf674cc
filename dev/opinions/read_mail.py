"""What Python's `email` reads in each message that is named on standard input, one JSON object a line.

@see https://docs.python.org/3/library/email.parser.html
"""

import hashlib
import json
import sys
from email import message_from_bytes, policy


def header(message, name):
    try:
        value = message[name]
        return None if value is None else str(value)
    except Exception:  # A header that it cannot read is one it has no opinion on.
        return None


def sender(message):
    try:
        addresses = message["from"].addresses
        return [[address.display_name, address.addr_spec] for address in addresses]
    except Exception:
        return None


def text_of(part):
    payload = part.get_payload(decode=True) or b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeError):
            continue
    return None


def read(path):
    with open(path, "rb") as file:
        message = message_from_bytes(file.read(), policy=policy.default)
    texts, files = [], []
    for part in message.walk():
        if part.is_multipart():
            continue
        try:
            is_file = part.get_content_disposition() == "attachment" or part.get_filename() is not None
            if not is_file and part.get_content_maintype() == "text":
                texts.append([part.get_content_subtype(), text_of(part)])
            elif is_file:
                payload = (part.get_payload(decode=True) or b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
                files.append(hashlib.sha256(payload.rstrip(b" \t\n\r\f\v")).hexdigest())
        except Exception:
            continue
    return {
        "subject": header(message, "subject"),
        "from": sender(message),
        "texts": [[kind, text] for kind, text in texts if text is not None],
        "files": files,
    }


for line in sys.stdin:
    try:
        answer = read(line.rstrip("\n"))
    except Exception as error:
        answer = {"failed": type(error).__name__}
    print(json.dumps(answer), flush=True)
