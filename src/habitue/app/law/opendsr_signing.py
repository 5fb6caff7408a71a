"""The house's own key and certificate, by which it signs what it answers to systems that pass requests of the law on.

Source: OpenDSR specification, sections 4.1 (certificates), 4.2 (FIPS 186-4) and 8.3 (headers); RFC 8017, section 8.2 (RSASSA-PKCS1-v1_5 with SHA-256).
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from habitue.store.house_key import write_private
from habitue.words.errors import SettingsError, StoreError

KEY_FILE, CERTIFICATE_FILE = "opendsr.key", "opendsr.pem"
KEY_BITS = 3072
VALID_DAYS = 3650


class Signer:
    """Signs for a domain with the key in `DATA/opendsr.key`; both files are made where there is none, and a brand may lay its own there."""

    def __init__(self, data: Path, domain: str, now: int) -> None:
        """Raises: SettingsError where a file is no RSA key, or no certificate of it; StoreError where they cannot be read or made."""
        self.domain = domain
        try:
            if not (data / KEY_FILE).exists():
                _make(data, domain, now)
            key = serialization.load_pem_private_key((data / KEY_FILE).read_bytes(), None)
            self.certificate = (data / CERTIFICATE_FILE).read_bytes()
            told = x509.load_pem_x509_certificate(self.certificate).public_key()
        except OSError as wrong:
            raise StoreError(f"The key or the certificate for OpenDSR in {data} cannot be read or made: {wrong.strerror}.") from wrong
        except (ValueError, TypeError) as wrong:
            raise SettingsError(f"{data / KEY_FILE} is not a key in PEM without a password, or {CERTIFICATE_FILE} beside it is no certificate.") from wrong
        if not isinstance(key, rsa.RSAPrivateKey) or not isinstance(told, rsa.RSAPublicKey) or key.public_key() != told:
            raise SettingsError(f"{data / CERTIFICATE_FILE} must be the certificate of the RSA key in {KEY_FILE} beside it.")
        self._key = key

    def headers(self, body: bytes) -> dict[str, str]:
        """What stands in the head of an answer, so that whoever has the certificate knows that it is ours."""
        signature = self._key.sign(body, padding.PKCS1v15(), hashes.SHA256())
        return {"X-OpenDSR-Processor-Domain": self.domain, "X-OpenDSR-Signature": base64.b64encode(signature).decode()}


def _make(data: Path, domain: str, now: int) -> None:
    """A key that its owner alone can read, and a certificate that the house gives itself; the key comes last, so that there is none without the other."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name, since = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, domain[:64])]), datetime.fromtimestamp(now, UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), since, since + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for file, content in ((CERTIFICATE_FILE, certificate.public_bytes(serialization.Encoding.PEM)), (KEY_FILE, private)):
        write_private(data / file, content)
