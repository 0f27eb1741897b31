"""One machine, one command: the services, the worker, the clock and the web server under one supervisor."""
