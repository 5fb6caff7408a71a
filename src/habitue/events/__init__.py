"""What happened: typed events, kept once and never changed, with the orders and the catalogue that they speak of."""
