"""What is read in a village's books, and the checks over it: pure, without a database."""
