"""The stand-alone verifier that travels inside every package; it imports the standard library only."""
