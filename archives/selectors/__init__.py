"""What is filed, and reading packages back."""
