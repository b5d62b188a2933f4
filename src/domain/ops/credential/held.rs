//! The credentials that a request about "her fob" means, since nobody knows the numbers.

use std::collections::BTreeSet;

use crate::domain::{
    model::{
        Advice, Credential, CredentialType, MemberId, Record, RecordPath, Tag, advice::Listed,
    },
    ops::{Refusal, look_up},
    records::Records,
};

/// Which credentials of members are meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Held {
    /// Each fob of the member; of several credentials with one code, the first.
    FobsOf(MemberId),
    /// The credential with this tag.
    Tagged(MemberId, Tag),
}

impl Held {
    /// Returns the member who holds them.
    #[must_use]
    pub const fn member(&self) -> MemberId {
        match self {
            Self::FobsOf(id) | Self::Tagged(id, _) => *id,
        }
    }

    /// Finds them.
    ///
    /// # Errors
    /// Refuses if the member does not exist or holds none of them, or if one cannot be read.
    pub(super) fn find(&self, records: &dyn Records) -> Result<Vec<(Tag, Credential)>, Refusal> {
        let id = self.member();
        look_up::member(records, id)?;
        match self {
            Self::FobsOf(_) => {
                let mut codes = BTreeSet::new();
                let fobs: Vec<_> = look_up::credentials(records, id)
                    .into_iter()
                    .filter(|(_, held)| held.kind == CredentialType::Fob)
                    .filter(|(_, held)| codes.insert(held.code.to_string()))
                    .collect();
                if fobs.is_empty() {
                    let who = look_up::who(records, id);
                    return Err(
                        Refusal::new(format!("{who} has no fob yet")).hint(Advice::GiveFob(id))
                    );
                }
                Ok(fobs)
            }
            Self::Tagged(_, tag) => {
                match records.record(&RecordPath::Credential(id, tag.clone())) {
                    Some(Record::Credential(held)) => Ok(vec![(tag.clone(), held)]),
                    _ => Err(Refusal::new(format!(
                        "{} has no readable credential with the tag {tag}",
                        look_up::who(records, id)
                    ))
                    .hint(Advice::List(Listed::CredentialsOf(id)))),
                }
            }
        }
    }

    /// Finds all with the same codes as those that are meant, under whatever tag.
    ///
    /// # Errors
    /// Refuses in the same cases as [`Held::find`].
    pub(super) fn find_all(
        &self,
        records: &dyn Records,
    ) -> Result<Vec<(Tag, Credential)>, Refusal> {
        let meant = self.find(records)?;
        if matches!(self, Self::Tagged(..)) {
            return Ok(meant);
        }
        let mut all = look_up::credentials(records, self.member());
        all.retain(|(_, held)| meant.iter().any(|(_, it)| it.code == held.code));
        Ok(all)
    }
}
