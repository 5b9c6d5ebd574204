"""Training: corpora to bundles. Imports scorer; nothing imports it but its own tests."""
