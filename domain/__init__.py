"""Values and rules of Beleidsradar.

Nothing in this package reads a clock, the network, a database, a file or the environment: the same arguments give the same
answer, always. Every other package may import it; it imports none of them.
"""
