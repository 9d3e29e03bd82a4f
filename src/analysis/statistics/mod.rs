//! Statistics that know no clinical word.
