"""Writing petitions: the register, the steps, what belongs together."""
