"""A real DNS server for the tests: Debian's NSD on a loopback port, told everything that there is in one zone."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.post.postfix import free_port, wait_for

NSD = "/usr/sbin/nsd"
TOLD = """server:
  ip-address: 127.0.0.1@{port}
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "{home}"
  pidfile: ""
  logfile: "{home}/log"
  zonelistfile: "{home}/zones"
  xfrdfile: ""
  xfrdir: "{home}"
  database: ""
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "root"
"""
ROOT = ". 3600 IN SOA ns. nobody. 1 3600 900 86400 60\n. 3600 IN NS ns.\nns. 3600 IN A 127.0.0.1\n"


def txt(name: str, *strings: str) -> str:
    """A TXT record as a zone file writes it; each of its strings is cut where it must be."""
    told = [each.encode() for each in strings]
    cut = [each[at : at + 255] for each in told for at in range(0, max(len(each), 1), 255)]
    return f"{name}. 3600 IN TXT " + " ".join('"' + "".join(_sign(byte) for byte in each) + '"' for each in cut)


def _sign(byte: int) -> str:
    return chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"\\{byte:03d}"


@contextmanager
def nsd(records: Sequence[str]) -> Iterator[str]:
    """A server that knows these records and nothing else; gives its address and port. Where it is missing, the test fails and says so."""
    if not Path(NSD).exists():
        pytest.fail("Debian's nsd is needed; `make test` installs it where it may.", pytrace=False)
    home, port = Path(tempfile.mkdtemp(prefix="habitue-dns-")), free_port()
    (home / "root").write_text(ROOT + "".join(f"{record}\n" for record in records), encoding="utf-8")
    (home / "nsd.conf").write_text(TOLD.format(home=home, port=port))
    with subprocess.Popen([NSD, "-d", "-c", home / "nsd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT) as run:
        try:
            wait_for(port, run, home)
            yield f"127.0.0.1:{port}"
        finally:
            run.terminate()
            run.wait(30)
    shutil.rmtree(home, ignore_errors=True)
