"""Lamplight: the hours people really work, and nobody who said so."""

import os

# Read by numpy when it is first imported. Its own threads would only fight with the pages for the
# cores: every matrix here is small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
