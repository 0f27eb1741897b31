"""Pictures of what the ledger holds: plain values in, a drawing and its table out; knows no database and no request."""
