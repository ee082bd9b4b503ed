"""What a village's books look like: pure computations over ``Books``; each figure knows the rows it is made of."""
