//! Which numbers are no secret. Pure.

use super::said::said;
use crate::diagnostics::Said;
use jiff::civil::Date;

/// The fewest and the most digits of a PIN.
pub const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// What somebody tries first who knows nobody here.
const WELL_KNOWN: [&str; 10] =
    ["112233", "123321", "147258", "147852", "159357", "159753", "258456", "520520", "789456", "12344321"];

/// Why a PIN is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    Length,
    NoDigits,
    SameDigit,
    InOrder,
    Repeated,
    LikeADate,
    WellKnown,
}

impl Weakness {
    pub fn sentence(self) -> Said {
        match self {
            Self::Length => said("Mã PIN có từ 6 đến 12 chữ số.", "A PIN has 6 to 12 digits."),
            Self::NoDigits => said("Mã PIN chỉ gồm chữ số.", "A PIN has digits only."),
            Self::SameDigit => {
                said("Mã chỉ có một chữ số lặp lại, ai cũng đoán được.", "One digit only: anybody would guess it.")
            }
            Self::InOrder => said(
                "Các chữ số nối tiếp nhau (123456), ai cũng đoán được.",
                "Digits in order (123456): anybody would guess it.",
            ),
            Self::Repeated => said(
                "Mã lặp lại một đoạn ngắn (121212), dễ đoán.",
                "A short part is repeated (121212): it is easily guessed.",
            ),
            Self::LikeADate => said(
                "Mã giống ngày hoặc năm sinh. Hãy chọn số không liên quan đến ai.",
                "It looks like a date or year of birth. Choose a number that has to do with nobody.",
            ),
            Self::WellKnown => said("Mã này quá quen thuộc. Hãy chọn mã khác.", "Too well known. Choose another one."),
        }
    }
}

/// Why this is no good PIN; `None` when it is.
pub fn weakness(pin: &str) -> Option<Weakness> {
    let digits: Vec<u8> = pin.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    if digits.len() != pin.len() {
        return Some(Weakness::NoDigits);
    }
    if !DIGITS.contains(&digits.len()) {
        return Some(Weakness::Length);
    }
    let steps_by = |by: u8| digits.windows(2).all(|pair| (pair[0] + by) % 10 == pair[1]);
    if steps_by(0) {
        Some(Weakness::SameDigit)
    } else if steps_by(1) || steps_by(9) {
        Some(Weakness::InOrder)
    } else if (2..=digits.len() / 2).any(|part| repeats(&digits, part)) {
        Some(Weakness::Repeated)
    } else if WELL_KNOWN.contains(&pin) {
        Some(Weakness::WellKnown)
    } else if is_like_a_date(&digits) {
        Some(Weakness::LikeADate)
    } else {
        None
    }
}

/// Is it the same part of so many digits, over and over?
fn repeats(digits: &[u8], part: usize) -> bool {
    digits.len().is_multiple_of(part) && digits.chunks(part).all(|chunk| chunk == &digits[..part])
}

/// A day of the last or this century, or a month of one, however it is written.
fn is_like_a_date(digits: &[u8]) -> bool {
    let number = |part: &[u8]| part.iter().fold(0i16, |sum, digit| sum * 10 + i16::from(*digit));
    let is_day = |day: &[u8], month: &[u8], year: i16| {
        let (Ok(day), Ok(month)) = (i8::try_from(number(day)), i8::try_from(number(month))) else { return false };
        (1900..2050).contains(&year) && Date::new(year, month, day).is_ok()
    };
    match digits {
        [a, b, c, d, e, f] => {
            let [first, middle, last] = [[*a, *b], [*c, *d], [*e, *f]];
            let short = |day: &[u8], month: &[u8], year: &[u8]| {
                let year = number(year);
                // 2000 has a 29 February, as years of both centuries may.
                is_day(day, month, 1900 + year) || is_day(day, month, 2000 + year)
            };
            short(&first, &middle, &last)
                || short(&last, &middle, &first)
                || is_day(&[0, 1], &first, number(&digits[2..]))
                || is_day(&[0, 1], &last, number(&digits[..4]))
        }
        [_, _, _, _, _, _, _, _] => {
            is_day(&digits[..2], &digits[2..4], number(&digits[4..]))
                || is_day(&digits[6..], &digits[4..6], number(&digits[..4]))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_weakness_has_its_reason() {
        for (pin, why) in [
            ("", Weakness::Length),
            ("48157", Weakness::Length),
            ("4815701928374", Weakness::Length),
            ("48 571", Weakness::NoDigits),
            ("48157٣", Weakness::NoDigits),
            ("111111", Weakness::SameDigit),
            ("123456", Weakness::InOrder),
            ("987654", Weakness::InOrder),
            ("890123", Weakness::InOrder),
            ("121212", Weakness::Repeated),
            ("481481", Weakness::Repeated),
            ("48164816", Weakness::Repeated),
            ("159753", Weakness::WellKnown),
            ("210476", Weakness::LikeADate),
            ("760421", Weakness::LikeADate),
            ("041976", Weakness::LikeADate),
            ("197604", Weakness::LikeADate),
            ("21041976", Weakness::LikeADate),
            ("19760421", Weakness::LikeADate),
        ] {
            assert_eq!(weakness(pin), Some(why), "{pin}");
        }
        for good in ["480571", "907346", "99310284", "310276481", "481570192837"] {
            assert_eq!(weakness(good), None, "{good}");
        }
    }

    #[test]
    fn most_numbers_may_be_chosen() {
        let taken = (0..1_000_000).step_by(7).filter(|n| weakness(&format!("{n:06}")).is_some()).count();
        assert!(taken < 1_000_000 / 7 / 8, "{taken}");
    }
}
