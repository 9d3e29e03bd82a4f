use serde_json::Value;

/// A hash of plain data by its bits: FNV-1a with 32 bits (draft-eastlake-fnv), twice from two
/// starts, which is quick in JavaScript too. Every number counts as the eight bytes of a double,
/// lowest first; the fields of an object in the order of their names.
pub(crate) struct Hash([u32; 2]);

impl Default for Hash {
    fn default() -> Self {
        Self([0x811c_9dc5, 0x1000_193b])
    }
}

impl Hash {
    fn byte(&mut self, byte: u8) {
        for state in &mut self.0 {
            *state = (*state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.byte(b's');
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(0);
    }

    pub(crate) fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.byte(b'n'),
            Value::Bool(true) => self.byte(b't'),
            Value::Bool(false) => self.byte(b'f'),
            Value::Number(number) => {
                self.byte(b'd');
                let number = number.as_f64().unwrap_or(f64::NAN);
                number.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
            }
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                self.byte(b'[');
                items.iter().for_each(|item| self.value(item));
                self.byte(b']');
            }
            Value::Object(fields) => {
                self.byte(b'{');
                for (name, value) in fields {
                    self.text(name);
                    self.value(value);
                }
                self.byte(b'}');
            }
        }
    }

    pub(crate) fn hex(&self) -> String {
        format!("{:08x}{:08x}", self.0[0], self.0[1])
    }
}
