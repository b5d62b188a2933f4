//! Members whom another system keeps, and who are not on record yet.

use jiff::Timestamp;

use super::{step::Obstacle, terms::Terms};
use crate::domain::{
    model::{Change, Contact, MemberId, Note, Record, RecordPath, Slug, Tier},
    ops::{self, look_up},
    records::{Overlay, Records, zone},
};

/// The tier of such members. It owes nothing: whoever sends messages decides who may come in.
const TIER: &str = "external";

/// Returns a change that adds the member, unless it is there, with the tier if that is missing; and
/// what keeps the facility shut for the member.
pub(super) fn newcomer(
    records: &dyn Records,
    terms: &Terms<'_>,
    id: MemberId,
    facility: &Slug,
    sent: Timestamp,
) -> Result<(Change, Vec<Note>), Obstacle> {
    let mut change = Change::new("", "");
    if !records.exists(&RecordPath::Member(id)) {
        let tier: Slug = TIER.parse().map_err(Obstacle::Invalid)?;
        let path = RecordPath::Tier(tier.clone());
        if !records.exists(&path) {
            let name = "External".to_owned();
            let owes_nothing = Tier { name, price: None, year: None, concessions: false };
            change = change.put(path, Record::Tier(owes_nothing));
        }
        let member = ops::member::Add {
            id,
            name: format!("Member {id}"),
            tier,
            joined: sent.min(terms.now).to_zoned(zone(records)).date(),
            parent: None,
            concession: None,
            chosen_amount: None,
            paid_until: None,
            contact: Contact::default(),
        };
        let plan = ops::member::add(records, member)
            .map_err(|refusal| Obstacle::Unready(refusal.message))?;
        change.edits.extend(plan.change.edits);
    }
    let after = Overlay::new(&change, records);
    let notes = match look_up::member(&after, id) {
        Ok(member) => ops::credential::obstacles(&after, id, &member, &[facility.clone()].into()),
        Err(unreadable) => vec![unreadable.message.into()],
    };
    Ok((change, notes))
}
