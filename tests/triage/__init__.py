"""Tests of app.triage."""
