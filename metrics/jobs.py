"""Work of this floor. Rows that wait (pending deliveries, stale months) are the promise; a job only does them."""
