"""What is asked of the shop by law: by her, or by a system that passes it on."""
