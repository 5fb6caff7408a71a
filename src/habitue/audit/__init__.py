"""How relevant was it: every guard of `decide`, run over anyone's past sends."""
