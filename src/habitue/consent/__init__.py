"""What may we do: what each customer allows, by purpose and channel."""
