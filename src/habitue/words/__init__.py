"""The shared vocabulary: errors, clock, reasons, closed lists, keys. No input and no output."""
