"""How relevant was it: every guard of `decide`, run over anyone's past sends. A later issue fills this room; imported touches are judged with already."""
