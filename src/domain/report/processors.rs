//! What payment processors took, gave back, kept and paid out, month by month, beside what was expected.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Span, month};
use crate::domain::{
    model::{Money, Payment, Slug, Tag, Transaction, contact::YearMonth},
    money::Currency,
    payments::by_bank,
};

/// What a processor did, in minor units.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct ProcessorSums {
    /// How many payments were taken from members.
    pub payments: u64,
    /// What was taken from them.
    pub received: Money,
    /// What went back of it, for whichever payments.
    pub given_back: Money,
    /// How many payments could not be taken.
    pub failed: u64,
    /// What was to be taken by those, as far as that is known.
    pub failed_amount: Money,
    /// What was taken and is credited to nobody.
    pub unmatched: Money,
    /// What the processor kept, by its payouts.
    pub fees: Money,
    /// What arrived at the bank.
    pub paid_out: Money,
}

/// A processor in a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ProcessorMonth {
    /// The month.
    pub month: YearMonth,
    /// How many members paid by it at the end of the month, if the records reach back so far.
    pub members: Option<u64>,
    /// What they owed for a month then.
    pub expected: Option<Money>,
    /// What it did.
    #[serde(flatten)]
    pub sums: ProcessorSums,
    /// What was received and not given back, without what was expected.
    pub difference: Option<Money>,
}

/// A processor.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ProcessorLedger {
    /// The name by which members pay.
    pub service: Slug,
    /// The months, oldest first.
    pub months: Vec<ProcessorMonth>,
    /// All months together.
    pub total: ProcessorTotal,
}

/// Several months, or several processors.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct ProcessorTotal {
    /// What was expected.
    pub expected: Money,
    /// What was done.
    #[serde(flatten)]
    pub sums: ProcessorSums,
    /// What was received and not given back in the months of which it is known what was expected, without
    /// that.
    pub difference: Money,
}

/// All processors.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Processors {
    /// The currency of the amounts.
    #[serde(flatten)]
    pub currency: Currency,
    /// The processors, by name.
    pub processors: Vec<ProcessorLedger>,
    /// All together.
    pub total: ProcessorTotal,
}

/// How many members pay by a processor, and what they owe for a month.
pub type Expected = BTreeMap<Slug, (u64, Money)>;

/// Sums in progress.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ProcessorCounter(BTreeMap<Slug, BTreeMap<YearMonth, ProcessorSums>>);

impl ProcessorCounter {
    /// Adds a payment by the name of its file, if it is one that a processor took.
    pub fn add(&mut self, name: &Tag, payment: &Payment, span: Span) {
        let id = name.as_str().get(11..).unwrap_or_default();
        let Some(service) = taken_by(id, payment.source.as_deref(), &payment.text) else { return };
        if span.has(payment.date) {
            let sums = self.at(&service, month::of_day(payment.date));
            sums.payments += 1;
            sums.received = sums.received.saturating_add(payment.amount);
        }
        for back in payment.returned.iter().filter(|back| span.has(back.on)) {
            let sums = self.at(&service, month::of_day(back.on));
            sums.given_back = sums.given_back.saturating_add(back.amount);
        }
    }

    /// Adds what was kept beside the payments: a payout, a payment that failed, or one of nobody.
    pub fn add_other(&mut self, id: &Tag, it: &Transaction, span: Span) {
        if !span.has(it.date) {
            return;
        }
        let month = month::of_day(it.date);
        if let Some(payout) = &it.payout {
            let sums = self.at(&payout.service, month);
            sums.fees = sums.fees.saturating_add(payout.fees);
            // What came back is paid out once more by the next one.
            if payout.returned.is_none() {
                sums.paid_out = sums.paid_out.saturating_add(it.amount);
            }
        } else if let Some(failed) = &it.failed {
            let sums = self.at(&failed.service, month);
            sums.failed += 1;
            sums.failed_amount = sums.failed_amount.saturating_add(it.amount);
        } else if let Some(service) = taken_by(id.as_str(), it.source.as_deref(), &it.text)
            && it.waits()
        {
            let sums = self.at(&service, month);
            sums.unmatched = sums.unmatched.saturating_add(it.amount);
        }
    }

    /// Turns the sums into a report, with what was expected in each month as far as that is known.
    #[must_use]
    pub fn report(
        &self,
        currency: Currency,
        span: Span,
        expected: &BTreeMap<YearMonth, Expected>,
    ) -> Processors {
        let names = expected.values().flat_map(BTreeMap::keys).chain(self.0.keys());
        let names: BTreeSet<&Slug> = names.collect();
        let mut report =
            Processors { currency, processors: Vec::new(), total: ProcessorTotal::default() };
        for service in names {
            let months: Vec<ProcessorMonth> = span
                .months()
                .map(|month| {
                    let sums = self.0.get(service).and_then(|it| it.get(&month));
                    let then = expected.get(&month);
                    let then = then.map(|it| it.get(service).copied().unwrap_or_default());
                    ProcessorMonth::new(month, sums.copied().unwrap_or_default(), then)
                })
                .collect();
            let mut total = ProcessorTotal::default();
            months.iter().for_each(|it| total.add_month(it));
            report.total.add(&total);
            report.processors.push(ProcessorLedger { service: service.clone(), months, total });
        }
        report
    }

    fn at(&mut self, service: &Slug, month: YearMonth) -> &mut ProcessorSums {
        self.0.entry(service.clone()).or_default().entry(month).or_default()
    }
}

impl ProcessorMonth {
    fn new(month: YearMonth, sums: ProcessorSums, expected: Option<(u64, Money)>) -> Self {
        let net = sums.received.saturating_sub(sums.given_back);
        Self {
            month,
            members: expected.map(|it| it.0),
            expected: expected.map(|it| it.1),
            sums,
            difference: expected.map(|it| net.saturating_sub(it.1)),
        }
    }
}

impl ProcessorTotal {
    fn add_month(&mut self, it: &ProcessorMonth) {
        self.add(&Self {
            expected: it.expected.unwrap_or_default(),
            sums: it.sums,
            difference: it.difference.unwrap_or_default(),
        });
    }

    fn add(&mut self, it: &Self) {
        self.expected = self.expected.saturating_add(it.expected);
        self.difference = self.difference.saturating_add(it.difference);
        let (sums, more) = (&mut self.sums, it.sums);
        *sums = ProcessorSums {
            payments: sums.payments + more.payments,
            received: sums.received.saturating_add(more.received),
            given_back: sums.given_back.saturating_add(more.given_back),
            failed: sums.failed + more.failed,
            failed_amount: sums.failed_amount.saturating_add(more.failed_amount),
            unmatched: sums.unmatched.saturating_add(more.unmatched),
            fees: sums.fees.saturating_add(more.fees),
            paid_out: sums.paid_out.saturating_add(more.paid_out),
        };
    }
}

/// Returns the processor that took a payment: its text begins with the name, and its identity follows from
/// the id there.
fn taken_by(id: &str, source: Option<&str>, text: &str) -> Option<Slug> {
    let service: Slug = text.split_whitespace().next()?.parse().ok()?;
    (by_bank(Some(service.as_str()), source?).as_str() == id).then_some(service)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::{
        follow::{BackReason, Happening, What},
        model::{Record, RecordPath},
        ops::{
            fixture::{day, id, slug, space},
            service,
        },
    };

    #[test]
    fn what_was_taken_kept_failed_and_expected_is_added_up() {
        let mut all = space();
        let happening = |payment: &str, on: &str, what: What| Happening {
            at: format!("{on}T12:00:00Z").parse().unwrap(),
            payment: payment.into(),
            what,
        };
        let paid = |account: &str| What::Paid {
            account: Some(account.into()),
            amount: 2000,
            currency: "GBP".into(),
        };
        let failed = What::Failed {
            account: Some("cus_1".into()),
            amount: Some(2000),
            demand: None,
            why: "no money".into(),
        };
        let paid_out = What::PaidOut {
            amount: 1950,
            currency: "GBP".into(),
            taken: 2000,
            fees: 50,
            named: "STRIPE".into(),
            came_back: None,
        };
        let back = What::Returned { total: 2000, reason: BackReason::Refunded };
        let happenings = [
            happening("ch_1", "2026-01-05", paid("cus_1")),
            happening("ch_2", "2026-01-06", paid("cus_2")),
            happening("ch_3", "2026-02-05", paid("cus_9")),
            happening("ch_4", "2026-02-05", failed),
            happening("ch_2", "2026-02-07", back),
            happening("po_1", "2026-02-08", paid_out),
        ];
        let accounts = [("cus_1", 1), ("cus_2", 2)];
        let accounts = accounts.map(|(account, member)| (account.to_owned(), id(member))).into();
        let (stripe, zone) = (slug("stripe"), TimeZone::UTC);
        let today = day("2026-03-02");
        let done = service::receive(&all, &stripe, &happenings, &accounts, &zone, today).unwrap();
        all.apply(&done.plan.change);
        let span = Span { from: "2026-01".parse().unwrap(), until: "2026-03".parse().unwrap() };
        let mut counter = ProcessorCounter::default();
        for (path, record) in all.iter() {
            match (path, record) {
                (RecordPath::Payment(_, name), Record::Payment(it)) => counter.add(name, it, span),
                (RecordPath::Unmatched(_, id), Record::Unmatched(it)) => {
                    counter.add_other(id, it, span);
                }
                _ => {}
            }
        }
        let expected = |members, amount| Expected::from([(stripe.clone(), (members, amount))]);
        let known = [("2026-02", expected(2, 4000)), ("2026-03", expected(1, 2000))];
        let known = known.map(|(month, it)| (month.parse().unwrap(), it)).into();
        let report = counter.report(Currency::named("GBP"), span, &known);
        let [one] = &report.processors[..] else { panic!("{report:?}") };
        let shown = |it: &ProcessorMonth| {
            let ProcessorSums { payments, received, given_back, failed, unmatched, .. } = it.sums;
            (payments, received, given_back, failed, unmatched, it.difference)
        };
        assert_eq!(
            one.months.iter().map(shown).collect::<Vec<_>>(),
            [
                (2, 4000, 0, 0, 0, None),
                (0, 0, 2000, 1, 2000, Some(-6000)),
                (0, 0, 0, 0, 0, Some(-2000))
            ]
        );
        assert_eq!(report.total, one.total);
        let total = one.total;
        assert_eq!(
            (total.expected, total.difference, total.sums.failed_amount),
            (6000, -8000, 2000)
        );
        assert_eq!((total.sums.fees, total.sums.paid_out), (50, 1950));
    }
}
