"""E-mail: how a letter is written so that every reader of mail shows it, and how an address is spelt so that a server takes it."""
