"""What `bench.serve` puts side by side: this site, Datasette, a plain DRF, a thin view; and what is asked of them."""
