//! Lists whose order says nothing: each entry is added or removed on its own.

use serde_json::Value;

use super::choose::order;

/// Joins three lists; the result is sorted by a field of the entries, then by all of them.
pub(super) fn merge(
    base: &[Value],
    ours: &[Value],
    theirs: &[Value],
    sorted_by: &str,
) -> Vec<Value> {
    let kept = base.iter().filter(|it| ours.contains(it) && theirs.contains(it));
    let added = ours.iter().chain(theirs).filter(|it| !base.contains(it));
    let mut all: Vec<Value> = kept.chain(added).cloned().collect();
    all.sort_by(|one, other| {
        let by_field = order(one.get(sorted_by), other.get(sorted_by));
        by_field.then_with(|| order(Some(one), Some(other)))
    });
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entries_come_and_go_on_both_sides() {
        let list = |value: Value| value.as_array().cloned().unwrap();
        let joined =
            merge(&list(json!([1, 2, 3])), &list(json!([2, 3, 5])), &list(json!([10, 1, 2])), "");
        assert_eq!(joined, list(json!([2, 5, 10])));
    }
}
