"""Collecting over HTTP: what arrives is written down before it is acknowledged, then sorted into events, whole or set aside with a reason."""
