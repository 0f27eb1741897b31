"""Nothing lost, nothing doubled: real workers, a real broker and database, and every fault that a night can bring."""
