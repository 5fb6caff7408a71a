"""Looks from outside at what makes a letter arrive: the DNS, the mail server, the way out, and what came back; says what is wrong and what to do."""
