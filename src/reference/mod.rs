//! What is known: instruments and medicines, every row with its source and confidence.
