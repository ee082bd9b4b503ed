"""Papers of preparation, one module per paper: plain data in, bytes out."""
