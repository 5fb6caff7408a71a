"""How a word leaves, one folder a channel. A later issue fills this room; `no_consent` and `unreachable` choose among the channels already."""
