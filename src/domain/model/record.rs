//! Any record, with its kind.

use super::{
    Contact, Credential, Facility, Induction, Member, Notice, Payer, Payment, Requirement, Space,
    StatementProfile, Template, Tier, Transaction,
};

/// The content of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each variant is named like the record that it holds")]
pub enum Record {
    Space(Space),
    Tier(Tier),
    Facility(Facility),
    Requirement(Requirement),
    Member(Member),
    Contact(Contact),
    Credential(Credential),
    Induction(Induction),
    Payment(Payment),
    Unmatched(Transaction),
    Payer(Payer),
    Profile(StatementProfile),
    Notice(Notice),
    Template(Template),
}
