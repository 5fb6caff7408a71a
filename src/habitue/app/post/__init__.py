"""The post room: what is decided leaves once, and what is told of it comes home."""
