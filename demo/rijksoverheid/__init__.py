"""www.rijksoverheid.nl in miniature, as it is since June 2026."""
