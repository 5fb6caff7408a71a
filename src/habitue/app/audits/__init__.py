"""An audit, from the files of anybody to its folder; for the console one at a time, in a process of its own."""
