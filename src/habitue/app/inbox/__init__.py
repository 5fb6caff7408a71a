"""What comes back and what is answered: mail, chats, forms and notes, one conversation a customer, and its clock."""
