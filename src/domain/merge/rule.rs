//! How each field of each kind of record is joined: the one table.

use super::choose::Less;
use crate::domain::model::RecordPath;

/// How a field is joined.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// One of the two values stands, whichever; a person is asked.
    Either,
    /// The value that grants less stands; a person is asked.
    Lesser(Less),
    /// The value that is there stands against none, and the lesser against another; that is no
    /// question.
    Wins(Less),
    /// A list without order, sorted by a field of its entries.
    Set(&'static str),
    /// What was returned of a payment: nothing, an entry, or a list of them.
    Returned,
    /// The grants of a credential.
    Grants,
    /// A table whose entries are joined one by one.
    Map(&'static Rule),
    /// From when until when a member is suspended: both together, for as long as either says.
    Suspension,
    /// Fields with rules of their own; the others are [`Rule::Either`].
    Fields(&'static [(&'static str, Rule)]),
}

use Less::{Absent, High, Low};
use Rule::{Fields, Grants, Lesser, Map, Returned, Set, Suspension, Wins};

/// The first and last time at which messages said something.
const TIMES: Rule = Fields(&[("first", Wins(Low)), ("last", Wins(High))]);

/// Returns how a kind of record is joined.
pub(super) const fn of(path: &RecordPath) -> Rule {
    match path {
        RecordPath::Space => Fields(&[
            ("format", Wins(High)),
            ("grace_days", Lesser(Low)),
            ("shortest_passcode", Lesser(High)),
            ("next_member", Wins(High)),
            ("auto_sync", Wins(Low)),
            ("self_service", Fields(&[("change", Set("")), ("guests", Lesser(Absent))])),
            ("joining", Fields(&[("tiers", Set("")), ("facilities_on_joining", Set(""))])),
            ("brake", Fields(&[("percent", Lesser(Low)), ("few", Lesser(Low))])),
            ("levels", Map(&Rule::Either)),
            ("dues", Fields(&[("minimum", Lesser(High)), ("per_further_child", Lesser(High))])),
            (
                "notices",
                Fields(&[("directors", Set("")), ("reminder_days", Set("")), ("off", Set(""))]),
            ),
            ("retention", Map(&Lesser(Low))),
        ]),
        RecordPath::Tier(_) => {
            Fields(&[("price", Lesser(High)), ("year", Lesser(High)), ("concessions", Lesser(Low))])
        }
        RecordPath::Facility(_) => Fields(&[
            ("induction", Lesser(High)),
            ("inductions_first", Set("")),
            ("fob_first", Lesser(High)),
            ("controllers", Set("")),
            ("controller_key", Wins(High)),
            ("stale", Fields(&[("after_days", Lesser(Low))])),
        ]),
        RecordPath::Requirement(..) => Fields(&[("priority", Lesser(High)), ("arm", Lesser(Low))]),
        RecordPath::Member(_) => Fields(&[
            ("joined", Lesser(High)),
            ("left", Wins(Low)),
            ("suspended", Suspension),
            ("concession", Lesser(Low)),
            ("chosen_amount", Lesser(High)),
            // Worked out anew from the payments afterwards.
            ("paid_until", Wins(Low)),
        ]),
        RecordPath::Contact(_) => Fields(&[
            ("accounts", Map(&Rule::Either)),
            ("news", Lesser(Low)),
            ("named", Lesser(Low)),
        ]),
        RecordPath::Credential(..) => of_credential(),
        RecordPath::Induction(..) => Fields(&[("on", Lesser(High)), ("inductor", Lesser(Low))]),
        RecordPath::Payment(..) => Fields(&[
            ("amount", Lesser(Low)),
            ("months", Lesser(Low)),
            ("from", Wins(High)),
            ("returned", Returned),
        ]),
        RecordPath::Unmatched(..) => Fields(&[
            ("same_as", Wins(Low)),
            // Whom both sides name is put together afterwards.
            ("reason", Wins(Low)),
        ]),
        RecordPath::Payer(_)
        | RecordPath::Profile(_)
        | RecordPath::Template(..)
        | RecordPath::TranslatedTemplate(..) => Rule::Either,
        RecordPath::Notice(..) | RecordPath::SpaceNotice(_) => Fields(&[("told", Set("at"))]),
        RecordPath::Meter(_) | RecordPath::Zone(_) => Fields(&[]),
        RecordPath::Channel(_) => Fields(&[("groups", Set("")), ("posts", Map(&Rule::Either))]),
        RecordPath::TagMessages(_) => Fields(&[
            ("activated", Map(&TIMES)),
            ("stated", TIMES),
            ("revoked", Wins(High)),
            ("revoked_at", Map(&Wins(High))),
            ("requirement_set", Wins(High)),
            ("requirement_revoked", Wins(High)),
        ]),
        RecordPath::MemberMessages(_) => Fields(&[
            ("revoked", Wins(High)),
            ("revoked_at", Map(&Wins(High))),
            ("replaced", Set("sent")),
        ]),
    }
}

/// Returns how a credential is joined.
pub(super) const fn of_credential() -> Rule {
    Fields(&[("grants", Grants)])
}
