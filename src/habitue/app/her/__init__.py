"""Her own page: what she sees, says, takes away and ends there."""
