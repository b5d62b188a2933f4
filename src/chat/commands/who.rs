//! `who`: how many people are in, and the names of those who agreed to be named.

use jiff::Timestamp;

use super::Desk;
use crate::{
    app::AppError,
    domain::{
        model::{Record, RecordPath},
        people::Presence,
    },
    store::{
        Revision,
        journal::{self, Filter},
    },
};

impl Desk {
    /// Says how many are in, as far as the doors can tell.
    pub(super) fn who(&self, head: &Revision<'_>, now: Timestamp) -> Result<String, AppError> {
        let filter = Filter { from: Some(Presence::since(now)), ..Filter::default() };
        let mut presence = Presence::default();
        journal::each(&self.journals, &filter, |activity| {
            presence.add(&activity);
            true
        })?;
        let people = presence.at(now);
        let number = match (people.estimate, people.counted) {
            (0, _) => "Nobody seems to be in.".to_owned(),
            (1, true) => "One person is in.".to_owned(),
            (number, true) => format!("{number} people are in."),
            (1, false) => "About one person is in.".to_owned(),
            (number, false) => format!("About {number} people are in."),
        };
        let agreed: Vec<_> = presence.inside(now);
        let agreed = head.contacts(|id| agreed.contains(&id)).into_iter();
        let agreed = agreed.filter(|(_, contact)| contact.named);
        let name = |id| match head.record(&RecordPath::Member(id)) {
            Ok(Some(Record::Member(member))) if member.left.is_none() => Some(member.name),
            _ => None,
        };
        let names: Vec<String> = agreed.filter_map(|(id, _)| name(id)).collect();
        Ok(match names.is_empty() {
            true => number,
            false => format!("{number} Among them: {}.", names.join(", ")),
        })
    }
}
