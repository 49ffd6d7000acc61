"""Raw results on disk: every path is built from what the result depends on."""
