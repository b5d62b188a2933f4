//! Lists of payments.

use crate::{
    app::view::PaymentView,
    domain::{
        model::{MemberId, Payment, Record, RecordPath, Tag},
        money::Currency,
        records::{self, Records as _},
    },
    store::Revision,
};

/// Lists the payments of a member or of everybody.
#[must_use]
pub fn payments(
    head: &Revision<'_>,
    currency: &Currency,
    member: Option<MemberId>,
) -> Vec<PaymentView> {
    let mut rows = Vec::new();
    let mut row = |member: MemberId, name: &str, id: &Tag, payment: Payment| {
        let name = name.to_owned();
        rows.push(PaymentView::new(id.clone(), member, name, payment, currency));
    };
    let Some(member) = member else {
        let roster = head.roster();
        head.each_payment(|member, id, payment| {
            let name = roster.get(member).and_then(|it| it.member.get()).map(|it| &it.name);
            row(member, name.map_or("", String::as_str), id, payment.clone());
        });
        return rows;
    };
    let name = records::name(head, member).unwrap_or_default();
    for path in head.within(member) {
        if let (RecordPath::Payment(_, id), Ok(Some(Record::Payment(it)))) =
            (&path, head.record(&path))
        {
            row(member, &name, id, it);
        }
    }
    rows
}
