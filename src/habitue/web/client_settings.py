"""What Segment's and RudderStack's clients ask for before they begin: where to send, and that nobody else gets it."""

from __future__ import annotations

from typing import Any


def segment_settings(key: str, host: str, scheme: str) -> dict[str, Any]:
    """The settings of a source for analytics.js: events go to this host.

    Source: the settings object that @segment/analytics-next reads (`LegacySettings`).
    """
    ours = {
        "apiKey": key,
        "apiHost": f"{host}/v1",
        "protocol": scheme,
        "unbundledIntegrations": [],
        "addBundledMetadata": True,
        "versionSettings": {"version": "4.4.7"},
    }
    return {
        "integrations": {"Segment.io": ours},
        "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}, "identify": {"__default": {"enabled": True}}},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": {"sampleRate": 0},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
    }


def rudder_settings(key: str, host: str, scheme: str) -> dict[str, Any]:
    """The configuration of a source for RudderStack's clients: no destination but us.

    Source: the response that @rudderstack/analytics-js reads from /sourceConfig.
    """
    return {
        "source": {
            "id": key,
            "name": host,
            "writeKey": key,
            "enabled": True,
            "workspaceId": "habitue",
            "config": {"statsCollection": {"errors": {"enabled": False}, "metrics": {"enabled": False}}},
            "destinations": [],
            "connections": [],
            "dataplanes": {},
        }
    }
