//! A random passcode.

use crate::domain::model::{Code, Space};

/// The number of digits, unless the space wants more.
const DIGITS: usize = 8;

/// Makes a passcode that nobody guesses at a keypad.
pub(super) fn random(space: &Space) -> Option<Code> {
    let length = usize::from(space.shortest_passcode).clamp(DIGITS, Code::LONGEST_PASSCODE);
    let digits = format!("{:038}", uuid::Uuid::new_v4().as_u128());
    // The first digits are not equally likely; the last ones are.
    Code::passcode(digits.get(digits.len() - length..)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_digits_enough_and_differs_each_time() {
        let all: std::collections::BTreeSet<String> =
            (0..100).map(|_| digits()).inspect(|it| assert_eq!(it.len(), DIGITS)).collect();
        assert!(all.len() > 95);
    }

    fn digits() -> String {
        let template = include_str!("../../../../data-template/space.json");
        let space: Space = serde_json::from_str(template).unwrap();
        let code = random(&space).unwrap();
        code.reveal().rsplit(':').next().unwrap().to_owned()
    }
}
