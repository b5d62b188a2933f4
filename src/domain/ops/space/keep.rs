//! Changes how long personal data is kept.

use crate::domain::{
    model::Retention,
    ops::{Field, changed_fields::ChangedFields},
};

/// The retention in days for each kind; cleared, it is kept for ever.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like what it is about")]
pub struct Keep {
    pub contact: Field<u32>,
    pub payments: Field<u32>,
    pub members: Field<u32>,
    pub activities: Field<u32>,
    pub letters: Field<u32>,
    pub measurements: Field<u32>,
}

impl Keep {
    pub(super) fn write(self, retention: &mut Retention, edits: &mut ChangedFields) {
        edits.field("keep contact", self.contact, &mut retention.contact_days);
        edits.field("keep payments", self.payments, &mut retention.payment_days);
        edits.field("keep members", self.members, &mut retention.member_days);
        edits.field("keep activities", self.activities, &mut retention.activity_days);
        edits.field("keep letters", self.letters, &mut retention.letter_days);
        edits.field("keep measurements", self.measurements, &mut retention.measurement_days);
    }
}
