//! What is recorded.
