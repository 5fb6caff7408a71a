"""The signatures by which whoever gets a letter knows that it is the brand's, and that nobody changed it on its way: one by RSA, one by Ed25519.

Everybody can check the first; the second is there for whoever can. Both stand above the letter as it was written and cover the heads named here.
Source: RFC 6376, 3.4.2 and 3.4.4 (relaxed), 3.5 (the tags), 3.7 (what is hashed), 5.4 (which heads), 8.15 (heads named twice); RFC 8463 (Ed25519);
RFC 8058, 4 (the ways out are covered).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TWICE = ("From", "To", "Subject", "Date", "Reply-To", "MIME-Version", "Content-Type")
"""Named once more than they are there, so that nobody can add another."""
ONCE = ("Message-ID", "Content-Transfer-Encoding", "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "Auto-Submitted")
"""Named where they are there; a relay may add its own of the others."""
NAMES_A_LINE, SIGNS_A_LINE = 6, 72
FIELD = re.compile(rb"\r\n(?![ \t])")
BLANKS = re.compile(rb"[ \t]+")
SPACES = re.compile(rb"  +")
"""More than one; a pattern that begins with a sign, not with a choice of them, costs a fifth."""


@dataclass(frozen=True)
class Keys:
    """Both private keys of a house, the domain whose they are, and the name (selector) under which the DNS has their other halves."""

    domain: str
    selector: str
    rsa: RSAPrivateKey
    ed25519: Ed25519PrivateKey

    @property
    def ed25519_selector(self) -> str:
        return f"{self.selector}-ed25519"

    @property
    def records(self) -> dict[str, str]:
        """What the DNS has to say, by name: two TXT records. Source: RFC 6376, 3.6.1; RFC 8463, 4.2."""
        rsa = self.rsa.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        ed25519 = self.ed25519.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {
            f"{self.selector}._domainkey.{self.domain}": f"v=DKIM1; k=rsa; p={_base64(rsa)}",
            f"{self.ed25519_selector}._domainkey.{self.domain}": f"v=DKIM1; k=ed25519; p={_base64(ed25519)}",
        }


def signed(raw: bytes, keys: Keys) -> bytes:
    """The letter with both signatures above it; nothing else of it changes. Its lines must end with CRLF, and no head be there twice."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = {field.partition(b":")[0].decode("ascii").lower(): field for field in FIELD.split(head)}
    there = [name for name in (*TWICE, *ONCE) if name.lower() in fields]
    told = b"".join(_relaxed(fields[name.lower()]) + b"\r\n" for name in there)
    names = ":".join(name if at % NAMES_A_LINE else f"\r\n\t{name}" for at, name in enumerate((*there, *TWICE)))
    body_hash = _base64(sha256(_relaxed_body(body)).digest())

    def signature(algorithm: str, selector: str, sign: Callable[[bytes], bytes]) -> bytes:
        tags = f"v=1; a={algorithm}; c=relaxed/relaxed; d={keys.domain}; s={selector};\r\n\th={names.lstrip()};\r\n\tbh={body_hash};\r\n\tb="
        field = b"DKIM-Signature: " + tags.encode("ascii")
        proof = _base64(sign(told + _relaxed(field)))
        return field + "\r\n\t".join(proof[at : at + SIGNS_A_LINE] for at in range(0, len(proof), SIGNS_A_LINE)).encode() + b"\r\n"

    by_rsa = signature("rsa-sha256", keys.selector, lambda what: keys.rsa.sign(what, PKCS1v15(), SHA256()))
    by_ed25519 = signature("ed25519-sha256", keys.ed25519_selector, lambda what: keys.ed25519.sign(sha256(what).digest()))
    return by_rsa + by_ed25519 + raw


def _relaxed(field: bytes) -> bytes:
    """A head as it is hashed: its name in small letters, unfolded, each run of blanks one."""
    name, _, value = field.partition(b":")
    return name.strip().lower() + b":" + BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip()


def _relaxed_body(body: bytes) -> bytes:
    """A body as it is hashed: without blanks at the ends of lines, each run of others one, and without empty lines at its end."""
    kept = SPACES.sub(b" ", body.replace(b"\t", b" ")).replace(b" \r\n", b"\r\n").rstrip(b" ")
    while kept.endswith(b"\r\n"):
        kept = kept[:-2].rstrip(b" ")
    return kept + b"\r\n" if kept else b""


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
