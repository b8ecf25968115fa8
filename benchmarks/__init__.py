"""One command per figure; all are ratios measured side by side in one run."""
