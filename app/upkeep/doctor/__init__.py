"""What must be so on a machine for the promise to hold, looked at and never changed."""
