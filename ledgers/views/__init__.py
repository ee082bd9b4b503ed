"""Pages of a village's books."""
