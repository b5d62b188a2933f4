//! Which of two values grants less.

use std::cmp::Ordering;

use serde_json::Value;

/// The direction in which a value grants less.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Less {
    /// The smaller number, the earlier day, `false`.
    Low,
    /// The greater number, the later day, `true`.
    High,
    /// None rather than any.
    Absent,
}

impl Less {
    /// Tells whether the first value stands against the second, which does not depend on whose value
    /// it is. What is empty does not stand unless that is less.
    pub(super) fn prefers(self, one: Option<&Value>, other: Option<&Value>) -> bool {
        let there = |value: Option<&Value>| value.is_some_and(|it| !it.is_null());
        match (there(one), there(other)) {
            (true, false) => return self != Self::Absent,
            (false, true) => return self == Self::Absent,
            _ => {}
        }
        let order = order(one, other);
        if self != Self::High { order == Ordering::Less } else { order == Ordering::Greater }
    }
}

/// Orders any two values: numbers by size, the rest by how it is written.
pub(super) fn order(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one.and_then(Value::as_i64), other.and_then(Value::as_i64)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => written(one).cmp(&written(other)),
    }
}

fn written(value: Option<&Value>) -> String {
    value.map(Value::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_lesser_value_stands_whoever_has_it() {
        for (less, stands, falls) in [
            (Less::Low, json!("2026-01-01"), json!("2026-02-01")),
            (Less::Low, json!("2026-02-01"), json!(null)),
            (Less::Low, json!(false), json!(true)),
            (Less::Low, json!(2), json!(10)),
            (Less::High, json!(10), json!(2)),
            (Less::High, json!(true), json!(false)),
            (Less::High, json!(1), json!(null)),
        ] {
            assert!(less.prefers(Some(&stands), Some(&falls)), "{stands} {falls}");
            assert!(!less.prefers(Some(&falls), Some(&stands)), "{stands} {falls}");
        }
    }
}
