"""The package of a case: a bag of papers, scans and materials with lists, digests and the verifier that travels along.

Takes for granted: archive, printing, freezing.
Refuses: a package that its own check finds wanting.
Public: building, kinds (THE PACKAGES), pieces, papers, four_properties, description, bag.
"""
