"""Which files a house may have beside its truth, and what of a customer lies in each; whoever writes another one says here who takes her out of it."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

FILES = {
    "truth.sqlite*": "the truth: each room's forget.py, then written anew (store/scrubbing.py)",
    "projection/*": "the files for judgement, written anew without her (store/projection.py)",
    "inbox/*": "what the watched folder took in or set aside, taken away where it tells of her (app/erasure/files.py)",
    "audits/*": "audits with their files, taken away where they tell of her (app/erasure/files.py)",
    "habitue.log*": "the log: it names nobody, and is read all the same (app/erasure/files.py)",
    "forgotten.jsonl": "hashes by the house's key",
    "suppression.list": "hashes by the house's key",
    "house.key": "the house's key",
    "habitue.toml": "the brand's settings",
    "retention.toml": "the brand's settings",
    "book/*": "the brand's own actions",
    "notices/*": "the brand's own words",
    "shops/*.toml": "how the brand's web shops are reached",
    "mappings/*.toml": "which column of a file means what",
    "temp/*": "what judging spills, dropped with the run",
    "post.open": "since when words of our own accord may leave",
    "opendsr*": "the brand's certificate and key",
    "dkim.toml": "the keys that sign letters",
    "sns/*.pem": "Amazon's certificates",
}


def unlisted(folder: Path) -> list[str]:
    """The files of a house that no pattern knows."""
    there = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    return [name for name in there if not any(fnmatch(name, pattern) for pattern in FILES)]
