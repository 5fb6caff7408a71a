"""What a file of any layout tells: which tool wrote it, which column means what, and how surely."""
