//! Rises of dues that payment processors hold back until the members have been told.
//!
//! Most follow from a change of the records, and are told because of that. The others, such as a concession
//! that ends with a day, or a price that was another one at the processor before, are kept here by
//! whoever compares, so that the next run tells them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    app::{AppError, look_up, notice::at_once::sent_notices},
    domain::{
        follow::Untold,
        model::{Contact, MemberId, Money, NoticeKind, Slug},
        notices::{Occasion, OccasionDetail},
        ops,
        records::{self, Records as _},
    },
    store::{Revision, Store, StoreError},
};

/// The kind of notice that tells them.
const KIND: NoticeKind = NoticeKind::DuesChanged;

/// What is kept, by the processor.
type Kept = BTreeMap<Slug, Vec<Untold>>;

/// Keeps what a processor holds back.
///
/// # Errors
/// It cannot be read or written.
pub fn keep(store: &Store, service: &Slug, untold: &[Untold]) -> Result<(), StoreError> {
    let Some(file) = file() else { return Ok(()) };
    let mut kept: Kept = store.service_state(&file)?;
    let former = kept.remove(service).unwrap_or_default();
    if former == untold {
        return Ok(());
    }
    if !untold.is_empty() {
        kept.insert(service.clone(), untold.to_vec());
    }
    store.keep_service_state(&file, &kept)
}

/// Returns the notices of what is held back, as far as the records of today still say so.
///
/// # Errors
/// It cannot be read.
pub(super) fn due(
    store: &Store,
    head: &Revision<'_>,
    today: Date,
) -> Result<Vec<(MemberId, Occasion)>, AppError> {
    let Some(file) = file() else { return Ok(Vec::new()) };
    let kept: Kept = store.service_state(&file)?;
    let still = |it: &Untold| {
        let member = look_up::member(head, &it.member.to_string()).ok()?.1;
        let children = head.children(it.member);
        let owed = ops::dues::owed(head, it.member, &member, &children, today).ok()?;
        (owed.amount == it.after).then(|| {
            let about = OccasionDetail::Dues { before: it.before, after: it.after };
            (it.member, Occasion { kind: KIND, key: key(it.after), about })
        })
    };
    Ok(kept.values().flatten().filter_map(still).collect())
}

/// Returns who need not be told of an amount any more: they were, cannot be, or the space tells nobody.
///
/// # Errors
/// What was sent cannot be read.
pub fn told<'r>(
    head: &'r Revision<'r>,
    contacts: &'r BTreeMap<MemberId, Contact>,
) -> Result<impl Fn(MemberId, Money) -> bool + 'r, AppError> {
    let rules = look_up::space(head)?.notices;
    let posted = head.store().read_outbox()?;
    let tells = rules.from.is_some() && !rules.off.contains(&KIND);
    Ok(move |member: MemberId, amount: Money| {
        let contact = contacts.get(&member).cloned();
        let name = records::name(head, member).unwrap_or_default();
        let is_reached = ops::notice::addressee(KIND, &name, contact, || None).is_ok();
        let key = key(amount);
        let is_posted = || {
            let mut all = posted.sent().iter();
            all.any(|it| it.member == Some(member) && it.kind == KIND && it.occasion == key)
        };
        !tells || !is_reached || sent_notices(head, member, KIND).has(&key) || is_posted()
    })
}

/// Returns the key of an occasion, as [`ops::notice::repriced`] makes it.
fn key(amount: Money) -> String {
    amount.to_string()
}

/// The name of the file, which no service has.
fn file() -> Option<Slug> {
    "untold-dues".parse().ok()
}
