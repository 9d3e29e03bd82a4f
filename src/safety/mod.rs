//! What to watch.
