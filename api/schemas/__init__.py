"""What travels over HTTP: request bodies and answers, with their descriptions and examples."""
