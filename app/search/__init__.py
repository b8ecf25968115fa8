"""Search: an index of texts and what asks it. It knows no product: whoever owns a text calls it."""
