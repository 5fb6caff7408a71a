"""Who it was: customers, the profiles that their events belong to, and the identifiers by which they are recognised."""
