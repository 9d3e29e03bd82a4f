//! Whether a code of a terminology is well formed. None of these says that the code exists.

/// Whether `code` is a LOINC code (`44261-6`) or LOINC answer (`LA6568-5`) with a valid check digit.
///
/// The check digit is Luhn's over everything before the hyphen, where the letters of an answer
/// count as their distance from `'0'` in ASCII.
#[must_use]
pub fn is_loinc(code: &str) -> bool {
    let Some((body, check)) = code.split_once('-') else { return false };
    let number = body.strip_prefix("LA").unwrap_or(body);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(number) || number.len() > 8 || check.len() != 1 || !is_number(check) {
        return false;
    }
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let value = u32::from(byte - b'0');
            if place % 2 == 0 { 2 * value - value / 5 * 9 } else { value }
        })
        .sum();
    (10 - sum % 10) % 10 == u32::from(check.as_bytes()[0] - b'0')
}

/// Whether `code` has the shape of a fifth-level ATC code: `N06AB06`.
#[must_use]
pub fn is_atc(code: &str) -> bool {
    let shape = b"A00AA00";
    code.len() == shape.len()
        && code.bytes().zip(shape).all(|(byte, kind)| match kind {
            b'A' => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        })
}

/// Whether `code` has the shape of an RxNorm concept identifier: up to eight digits, no leading 0.
#[must_use]
pub fn is_rxcui(code: &str) -> bool {
    (1..=8).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && !code.starts_with('0')
}
