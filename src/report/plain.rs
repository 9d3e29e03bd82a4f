use serde::{Serialize, Serializer};

/// Numbers of a chart, NaN where one is missing.
///
/// Serde has no word for such a column, so it leaves as bytes: each number's eight, lowest first.
/// The boundary turns them into a `Float64Array`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column(pub Vec<f64>);

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
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
