"""What the PDFs of tickets contain."""
