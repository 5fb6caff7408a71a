"""What Amazon SNS hands over, and whether Amazon signed it: the part of Amazon SES's reports that proves where they are from.

Any topic of anybody's is signed so: the signature says that it came by Amazon, and not that it is ours; for that a report has to name a letter of ours.
Source: Amazon SNS Developer Guide, “Verifying the signatures of Amazon SNS messages” (versions 1, SHA-1, and 2, SHA-256; RSASSA-PKCS1-v1_5).
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from habitue.words.errors import Refused

NOTIFICATION, CONFIRMATION = "Notification", "SubscriptionConfirmation"
OF_CONFIRMING = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
SIGNED = {
    NOTIFICATION: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    CONFIRMATION: OF_CONFIRMING,
    "UnsubscribeConfirmation": OF_CONFIRMING,
}
HOST = r"https://sns\.[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?"
CERTIFICATE = re.compile(HOST + r"/(SimpleNotificationService-[0-9a-f]{16,64}\.pem)", re.ASCII)
CONFIRM = re.compile(HOST + r"/\?Action=ConfirmSubscription&[\w:%.=&-]{1,1000}", re.ASCII)
NOT_SIGNED = "This is nothing that Amazon SNS has signed; leave “raw message delivery” off."


def certificate_of(document: dict[str, object]) -> tuple[str, str]:
    """Where the certificate is that signed a message, and the name of its file. Raises: Refused where that is nowhere of Amazon SNS."""
    url = str(document.get("SigningCertURL", ""))
    found = CERTIFICATE.fullmatch(url)
    if not found or str(document.get("Type")) not in SIGNED:
        raise Refused(NOT_SIGNED)
    return url, found[1]


def check_signature(document: dict[str, object], certificate: bytes, now: int) -> None:
    """Raises: Refused where the message is not signed by that certificate (PEM), or its time is over. Units: `now` is in UTC seconds."""
    names = [name for name in SIGNED[str(document.get("Type"))] if document.get(name) is not None]
    told = "".join(f"{name}\n{document[name]}\n" for name in names).encode("utf-8", "surrogatepass")
    try:
        signer, signature = x509.load_pem_x509_certificate(certificate), base64.b64decode(str(document.get("Signature", "")), validate=True)
        key = signer.public_key()
        is_valid = signer.not_valid_before_utc <= datetime.fromtimestamp(now, UTC) <= signer.not_valid_after_utc
        if not isinstance(key, RSAPublicKey) or not is_valid:
            raise Refused(NOT_SIGNED)
        key.verify(signature, told, PKCS1v15(), SHA256() if document.get("SignatureVersion") == "2" else SHA1())
    except (ValueError, InvalidSignature) as wrong:
        raise Refused(NOT_SIGNED) from wrong


def address_to_confirm(document: dict[str, object]) -> str:
    """Where a person confirms that this topic may tell us; empty where that is nowhere of Amazon SNS."""
    url = str(document.get("SubscribeURL", ""))
    return url if CONFIRM.fullmatch(url) else ""
