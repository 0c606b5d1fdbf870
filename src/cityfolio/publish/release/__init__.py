"""What a release says about itself: its version and why, what changed, its manifest, its provenance."""
