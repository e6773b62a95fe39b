"""The picture of an authority's own plan quality: counts in, sentences, tables and charts out."""
