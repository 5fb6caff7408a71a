"""What customers say to each other. A later issue fills this room; invitations are ordinary actions until then, and no guard reads anything here."""
