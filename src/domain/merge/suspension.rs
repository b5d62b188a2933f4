//! Joins suspensions: a beginning and an end that two fields of a member hold, and that belong together.

use serde_json::{Value, json};

use super::choose::Less;

const SINCE: &str = "suspended";
const UNTIL: &str = "suspended_until";

/// Makes one value of the two fields of a member; leaves other records as they are.
pub(super) fn fold(record: &mut Value) {
    let Some(fields) = record.as_object_mut() else { return };
    let Some(since) = fields.remove(SINCE) else { return };
    let until = fields.remove(UNTIL).unwrap_or_default();
    let one = if since.is_null() { since } else { json!({ SINCE: since, UNTIL: until }) };
    fields.insert(SINCE.to_owned(), one);
}

/// Makes two fields of the one value again.
pub(super) fn unfolded(mut record: Value) -> Value {
    if let Some(fields) = record.as_object_mut()
        && let Some(Value::Object(mut one)) = fields.remove(SINCE)
    {
        fields.append(&mut one);
    }
    record
}

/// Returns the suspension that lasts as long as either of two: from the earlier beginning until the
/// later end. One against none stands.
pub(super) fn longer(ours: &Value, theirs: &Value) -> Value {
    if ours.is_null() || theirs.is_null() {
        return if ours.is_null() { theirs.clone() } else { ours.clone() };
    }
    let both = |name| (&ours[name], &theirs[name]);
    let earlier = |one: &Value, other: &Value| Less::Low.prefers(Some(one), Some(other));
    let since = match both(SINCE) {
        (one, other) if earlier(one, other) => one,
        (_, other) => other,
    };
    let until = match both(UNTIL) {
        (one, other) if one.is_null() || other.is_null() => &Value::Null,
        (one, other) if earlier(one, other) => other,
        (one, _) => one,
    };
    json!({ SINCE: since, UNTIL: until })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(since: Value, until: Value) -> Value {
        json!({ "name": "Ada", SINCE: since, UNTIL: until })
    }

    fn joined(ours: Value, theirs: Value) -> Value {
        let [mut ours, mut theirs] = [ours, theirs];
        fold(&mut ours);
        fold(&mut theirs);
        let one = longer(&ours[SINCE], &theirs[SINCE]);
        unfolded(json!({ "name": "Ada", SINCE: one }))
    }

    #[test]
    fn the_one_that_lasts_longer_stands_whoever_has_it() {
        let none = || member(json!(null), json!(null));
        let from = |since: &str, until: Value| member(json!(since), until);
        for (one, other, stands) in [
            (
                none(),
                from("2026-05-01", json!("2026-06-01")),
                from("2026-05-01", json!("2026-06-01")),
            ),
            (
                from("2026-05-01", json!("2026-06-01")),
                from("2026-05-03", json!("2026-05-10")),
                from("2026-05-01", json!("2026-06-01")),
            ),
            (
                from("2026-05-03", json!("2026-06-01")),
                from("2026-05-01", json!(null)),
                from("2026-05-01", json!(null)),
            ),
            (
                from("2026-05-03", json!(null)),
                from("2026-05-03", json!("2026-06-01")),
                from("2026-05-03", json!(null)),
            ),
        ] {
            assert_eq!(joined(one.clone(), other.clone()), stands);
            assert_eq!(joined(other, one), stands);
        }
    }

    #[test]
    fn what_is_folded_unfolds_to_the_same_and_other_records_stay() {
        for record in
            [member(json!("2026-05-01"), json!(null)), json!({ "price": 2500 }), json!([])]
        {
            let mut folded = record.clone();
            fold(&mut folded);
            assert_eq!(unfolded(folded), record);
        }
        let mut without = json!({ "name": "Ada", SINCE: "2026-05-01" });
        fold(&mut without);
        assert_eq!(unfolded(without), member(json!("2026-05-01"), json!(null)));
        let mut none = member(json!(null), json!(null));
        fold(&mut none);
        assert_eq!(unfolded(none), json!({ "name": "Ada" }));
    }
}
