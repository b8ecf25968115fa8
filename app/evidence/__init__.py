"""Evidence: images, drawn anew without their metadata, and where they are kept."""
