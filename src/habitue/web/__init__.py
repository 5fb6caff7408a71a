"""What a person opens in a browser: the console and its JSON twin. Public names: `create_site`, `serve`."""

from __future__ import annotations

from habitue.web.serving import serve
from habitue.web.site import create_site

__all__ = ["create_site", "serve"]
