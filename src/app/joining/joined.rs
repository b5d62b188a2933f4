//! What somebody is told who has just joined.

use jiff::Timestamp;

use crate::{
    app::{AppError, look_up, zone},
    domain::{
        dues::Dues,
        model::{MemberId, Record, RecordPath},
        money::Currency,
        ops::{self, joining},
        records::Records as _,
    },
    store::Store,
};

/// What somebody is told who has just joined.
#[derive(Debug)]
pub struct Joined {
    /// Their number.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// What their payments have to say.
    pub reference: String,
    /// The display name of their tier.
    pub tier: String,
    /// What they owe.
    pub dues: Dues,
    /// The currency of what they owe.
    pub currency: Currency,
    /// How to pay, in words.
    pub payment_details: Option<String>,
    /// Their children, with their numbers.
    pub children: Vec<(MemberId, String)>,
    /// What their first fob will open.
    pub facilities: Vec<String>,
    /// The inductions to ask for first.
    pub inductions: Vec<String>,
    /// Why the welcome has not been sent yet.
    pub unsent: Option<String>,
}

impl Joined {
    /// Gathers it for members who were just added, the parent first.
    ///
    /// # Errors
    /// They cannot be read.
    pub(super) fn of(
        store: &Store,
        members: &[MemberId],
        unsent: Option<String>,
        now: Timestamp,
    ) -> Result<Self, AppError> {
        let head = store.read(store.head()?)?;
        let (first, children) =
            members.split_first().ok_or_else(|| AppError::internal("nobody"))?;
        let (id, member) = look_up::member(&head, &first.to_string())?;
        let space = look_up::space(&head)?;
        let today = now.to_zoned(zone::of(&head)?).date();
        let name = |id: &MemberId| match head.record(&RecordPath::Member(*id)) {
            Ok(Some(Record::Member(member))) => member.name,
            _ => String::new(),
        };
        let facility = |name| match head.record(&RecordPath::Facility(name)) {
            Ok(Some(Record::Facility(facility))) => Some(facility.name),
            _ => None,
        };
        Ok(Self {
            id,
            reference: format!("{}{id}", space.reference_prefix),
            tier: look_up::tier(&head, member.tier.as_str())?.1.name,
            dues: ops::dues::owed(&head, id, &member, &head.children(id), today)?,
            currency: Currency::named(&space.currency),
            children: children.iter().map(|id| (*id, name(id))).collect(),
            facilities: space
                .joining
                .facilities_on_joining
                .into_iter()
                .filter_map(facility)
                .collect(),
            inductions: joining::next_inductions(&head),
            payment_details: space.notices.payment_details,
            name: member.name,
            unsent,
        })
    }
}
