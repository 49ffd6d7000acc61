"""I-link, the portal: pages for people, over the same use cases as the interface for programs."""
