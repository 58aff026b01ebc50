"""The demonstration cluster without Docker: real programs in network namespaces, broken on purpose, watched and recorded."""
