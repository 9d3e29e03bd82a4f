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

/// Whether `code` is a SNOMED CT identifier of a concept with a valid check digit: six to eighteen
/// digits, the two before the last of them `00` or `10`, the last one Verhoeff's.
#[must_use]
pub fn is_snomed(code: &str) -> bool {
    const TIMES: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const TURN: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let digits = code.as_bytes();
    let is_number = digits.iter().all(u8::is_ascii_digit) && !code.starts_with('0');
    if !is_number || !(6..=18).contains(&digits.len()) {
        return false;
    }
    let is_concept = matches!(&digits[digits.len() - 3..digits.len() - 1], b"00" | b"10");
    let check = digits.iter().rev().enumerate().fold(0_u8, |sum, (place, byte)| {
        let turned = (0..place % 8).fold(byte - b'0', |digit, _| TURN[usize::from(digit)]);
        TIMES[usize::from(sum)][usize::from(turned)]
    });
    is_concept && check == 0
}
