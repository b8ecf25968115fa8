"""Print what the detectors find in the invented posts: `python -m tests.triage [--words]`."""

import sys

from tests.triage.measuring import table
from tests.triage.posts import FILES, UNSEEN, read

for name in FILES:
    sys.stdout.write(f"{name}\n{table(read(name), words='--words' in sys.argv)}\n\n")
# Never its words: who reads them makes it one of the others.
sys.stdout.write(f"{UNSEEN}\n{table(read(UNSEEN), days=False)}\n")
