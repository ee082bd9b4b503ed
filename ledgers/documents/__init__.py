"""Files made of a village's books."""
