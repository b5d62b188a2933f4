//! Joins three versions of one value.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Question, choose::Less, grants, rule::Rule, set, suspension};

/// What is joined, and the questions that come up.
pub(super) struct Joining<'q> {
    pub(super) path: String,
    pub(super) questions: &'q mut Vec<Question>,
}

/// The versions of a value: the base, ours, and theirs; `None` where it is not there.
pub(super) type Versions<'v> = [Option<&'v Value>; 3];

impl Joining<'_> {
    /// Returns the joined value of a field; `None` if it is not there.
    pub(super) fn join(
        &mut self,
        rule: Rule,
        field: &str,
        versions: Versions<'_>,
    ) -> Option<Value> {
        let [base, ours, theirs] = versions;
        if ours == theirs || ours == base {
            return theirs.cloned();
        }
        if theirs == base {
            return ours.cloned();
        }
        match (rule, ours, theirs) {
            (
                Rule::Fields(_) | Rule::Map(_),
                Some(Value::Object(ours)),
                Some(Value::Object(theirs)),
            ) => {
                let base = base.and_then(Value::as_object);
                Some(self.fields(rule, field, base, ours, theirs))
            }
            // An entry that one side removed stays removed.
            (Rule::Fields(_) | Rule::Map(_), None, _) | (_, None, Some(_)) if base.is_some() => {
                None
            }
            (Rule::Fields(_) | Rule::Map(_), _, None) | (_, Some(_), None) if base.is_some() => {
                None
            }
            (Rule::Set(by), Some(ours), Some(theirs)) => {
                let [base, ours, theirs] =
                    [base.unwrap_or(&Value::Null), ours, theirs].map(as_list);
                Some(set::merge(&base, &ours, &theirs, by).into())
            }
            (Rule::Returned, Some(ours), Some(theirs)) => {
                let [base, ours, theirs] =
                    [base.unwrap_or(&Value::Null), ours, theirs].map(as_list);
                let mut all = set::merge(&base, &ours, &theirs, "on");
                Some(match all.len() {
                    0 => Value::Null,
                    1 => all.remove(0),
                    _ => all.into(),
                })
            }
            (Rule::Suspension, Some(ours), Some(theirs)) => Some(suspension::longer(ours, theirs)),
            (Rule::Grants, Some(_), Some(_)) => match grants::merge(base, ours, theirs) {
                Some(joined) => Some(joined),
                None => self.choose(None, true, field, ours, theirs),
            },
            (Rule::Lesser(less), ..) => self.choose(Some(less), true, field, ours, theirs),
            (Rule::Wins(less), ..) => self.choose(Some(less), false, field, ours, theirs),
            _ => self.choose(None, true, field, ours, theirs),
        }
    }

    fn fields(
        &mut self,
        rule: Rule,
        field: &str,
        base: Option<&Map<String, Value>>,
        ours: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Value {
        let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        let mut joined = Map::new();
        for name in names {
            let inner = match rule {
                Rule::Map(inner) => *inner,
                Rule::Fields(fields) => fields
                    .iter()
                    .find(|(known, _)| known == name)
                    .map_or(Rule::Either, |(_, rule)| *rule),
                _ => Rule::Either,
            };
            let place = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
            // A field that may be left out has a default, which is a value like any other.
            let optional = matches!(rule, Rule::Fields(_));
            let version = |of: Option<&Map<String, Value>>| match of.and_then(|it| it.get(name)) {
                None if optional && of.is_some() => Some(Value::Null),
                found => found.cloned(),
            };
            let versions = [version(base), version(Some(ours)), version(Some(theirs))];
            let left_out = [ours, theirs].map(|it| !it.contains_key(name));
            let [base, one, other] = versions.each_ref().map(Option::as_ref);
            match self.join(inner, &place, [base, one, other]) {
                Some(Value::Null) if left_out.contains(&true) => {}
                Some(value) => drop(joined.insert(name.clone(), value)),
                None => {}
            }
        }
        joined.into()
    }

    /// Chooses one of two values.
    pub(super) fn choose(
        &mut self,
        less: Option<Less>,
        asks: bool,
        field: &str,
        ours: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        let ours_stands = less.unwrap_or(Less::Low).prefers(ours, theirs);
        if asks {
            self.questions.push(Question {
                path: self.path.clone(),
                field: field.to_owned(),
                ours: ours.cloned(),
                theirs: theirs.cloned(),
                ours_stands,
            });
        }
        if ours_stands { ours.cloned() } else { theirs.cloned() }
    }
}

fn as_list(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    }
}
