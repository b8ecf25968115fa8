"""What employers answer, and who may answer for them."""
