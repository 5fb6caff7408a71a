"""What she asks of us by law: cases with a clock, and who did what in each."""
