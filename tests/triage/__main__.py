"""Print what the detectors find in the invented posts: `python -m tests.triage [--words]`."""

import sys

from tests.triage.measuring import table
from tests.triage.posts import FILES, read

for name in FILES:
    sys.stdout.write(f"{name}\n{table(read(name), words='--words' in sys.argv)}\n\n")
