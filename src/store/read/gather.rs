//! One kind of record of all members.

use std::collections::HashMap;

use crate::{
    domain::model::{
        Contact, MemberId, Notice, NoticeKind, Payment, Record, RecordPath, Tag, contact::YearMonth,
    },
    store::{
        Revision,
        roster::{AddressHash, BirthMonth, Notices, Payments},
    },
};

impl Revision<'_> {
    /// Returns when members were born, if known and readable; sorted by number.
    #[must_use]
    pub fn births(&self, of: impl Fn(MemberId) -> bool) -> Vec<(MemberId, YearMonth)> {
        let births = self.snapshot::<BirthMonth>();
        let births = births.iter().filter(|(id, _)| of(*id));
        births.filter_map(|(id, born)| Some((id, born.0?))).collect()
    }

    /// Returns the members with an e-mail address, however it is written; sorted by number. Those who
    /// left are among them.
    #[must_use]
    pub fn members_at(&self, address: &str) -> Vec<MemberId> {
        let wanted = AddressHash::of(address);
        let all = self.snapshot::<AddressHash>();
        all.iter().filter(|(_, it)| it.0 == Some(wanted)).map(|(id, _)| id).collect()
    }

    /// Reads the contact data of members, if readable; sorted by number.
    #[must_use]
    pub fn contacts(&self, of: impl Fn(MemberId) -> bool) -> Vec<(MemberId, Contact)> {
        let roster = self.roster();
        let ids = roster.members().map(|folder| folder.id).filter(|id| of(*id));
        let read = |id| match self.record(&RecordPath::Contact(id)) {
            Ok(Some(Record::Contact(contact))) => Some((id, contact)),
            _ => None,
        };
        ids.filter_map(read).collect()
    }

    /// Returns which notices members were sent, if readable.
    #[must_use]
    pub fn sent_notices(
        &self,
        of: impl Fn(MemberId) -> bool,
    ) -> HashMap<(MemberId, NoticeKind), Notice> {
        let notices = self.snapshot::<Notices>();
        let notices = notices.iter().filter(|(id, _)| of(*id));
        notices
            .flat_map(|(id, all)| all.0.iter().map(move |(kind, it)| ((id, *kind), it.clone())))
            .collect()
    }

    /// Passes each readable payment to `f`, member by member. Returns the number of unreadable
    /// payments.
    pub fn each_payment(&self, mut f: impl FnMut(MemberId, &Tag, &Payment)) -> u64 {
        let mut unreadable = 0;
        for (id, payments) in self.snapshot::<Payments>().iter() {
            for (name, payment) in &payments.0 {
                match payment {
                    Some(payment) => f(id, name, payment),
                    None => unreadable += 1,
                }
            }
        }
        unreadable
    }
}
