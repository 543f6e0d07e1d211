"""Programs in which the implementation itself starts the threads."""
