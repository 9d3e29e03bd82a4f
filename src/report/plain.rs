use serde::{Serialize, Serializer};

/// Numbers of a chart. Leaves as a sequence, `null` where a number is missing (NaN), under the
/// newtype name `Column` by which the boundary recognises it and makes a `Float64Array`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column(pub Vec<f64>);

/// Small whole numbers of a chart. Leaves as a sequence under the newtype name `ByteColumn`, which
/// the boundary makes a `Uint8Array`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByteColumn(pub Vec<u8>);

struct Numbers<'a>(&'a [f64]);

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|number| number.is_finite().then_some(*number)))
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("Column", &Numbers(&self.0))
    }
}

impl Serialize for ByteColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("ByteColumn", &self.0)
    }
}

impl From<Vec<f64>> for Column {
    fn from(numbers: Vec<f64>) -> Self {
        Self(numbers)
    }
}

impl FromIterator<f64> for Column {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        Self(numbers.into_iter().collect())
    }
}
