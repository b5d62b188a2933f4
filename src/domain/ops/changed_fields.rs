//! Changes fields of a record and remembers which of them changed.

use super::{Field, Refusal};

/// The names of the changed fields.
#[derive(Default)]
pub(super) struct ChangedFields(Vec<String>);

impl ChangedFields {
    /// Sets a field that is never empty, if there is a new value.
    pub(super) fn set<T: PartialEq>(&mut self, name: &str, value: Option<T>, slot: &mut T) {
        if let Some(value) = value
            && *slot != value
        {
            *slot = value;
            self.0.push(name.to_owned());
        }
    }

    /// Keeps, clears or sets a field that may be empty.
    pub(super) fn field<T: PartialEq>(
        &mut self,
        name: &str,
        value: Field<T>,
        slot: &mut Option<T>,
    ) {
        let former = slot.take();
        let same = match &value {
            Field::Keep => true,
            Field::Clear => former.is_none(),
            Field::Set(value) => former.as_ref() == Some(value),
        };
        if !same {
            self.0.push(name.to_owned());
        }
        *slot = value.apply_to(former);
    }

    /// Sets or removes entries of a table.
    pub(super) fn entries<K: Ord + std::fmt::Display, V: PartialEq>(
        &mut self,
        name: &str,
        entries: impl IntoIterator<Item = (K, Option<V>)>,
        table: &mut std::collections::BTreeMap<K, V>,
    ) {
        for (key, value) in entries {
            if table.get(&key) != value.as_ref() {
                self.0.push(format!("{name}.{key}"));
                match value {
                    Some(value) => drop(table.insert(key, value)),
                    None => drop(table.remove(&key)),
                }
            }
        }
    }

    /// Tells whether nothing changed.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the changed fields for the subject of a commit: `name, tier`.
    ///
    /// # Errors
    /// Refuses if nothing changed.
    pub(super) fn names(&self, what: &str) -> Result<String, Refusal> {
        if self.is_empty() {
            return Err(Refusal::new(format!("nothing to do: {what} already has these values"))
                .hint("give a field a new value"));
        }
        Ok(self.0.join(", "))
    }
}
