//! Money received and returned, month by month.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::month;
use crate::domain::{
    model::{Money, Payment, Slug, Transaction, contact::YearMonth},
    money::Currency,
};

/// Money received and returned, in minor units.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct Sums {
    /// The number of payments received.
    pub payments: u64,
    /// The money received.
    pub received: Money,
    /// The money returned, for whichever payments.
    pub given_back: Money,
    /// The difference.
    pub net: Money,
}

/// Unmatched transactions.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct UnmatchedIncome {
    /// Their number.
    pub transactions: u64,
    /// Their sum, in minor units.
    pub amount: Money,
}

/// The first and last month of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The first month.
    pub from: YearMonth,
    /// The last month.
    pub until: YearMonth,
}

impl Span {
    /// Tells whether a day lies in the span.
    #[must_use]
    pub fn has(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&month::of_day(day))
    }

    /// Lists the months; none if the first comes after the last.
    pub fn months(&self) -> impl Iterator<Item = YearMonth> + use<> {
        let (from, until) = (self.from, self.until);
        let next = |it: &YearMonth| {
            month::last(*it).tomorrow().ok().map(month::of_day).filter(|next| next > it)
        };
        std::iter::successors(Some(from), next).take_while(move |month| *month <= until)
    }
}

/// The money of one tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TierSums {
    /// The tier; `None` for members whose record is missing or unreadable.
    pub tier: Option<Slug>,
    /// The sums.
    #[serde(flatten)]
    pub sums: Sums,
}

/// One month of a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct IncomeMonth {
    /// The month.
    pub month: YearMonth,
    /// All members together.
    #[serde(flatten)]
    pub sums: Sums,
    /// By the tier that members have now, sorted.
    pub tiers: Vec<TierSums>,
    /// Unmatched transactions, which are not in the sums.
    pub unmatched: UnmatchedIncome,
}

/// Income by month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Income {
    /// The currency of the amounts.
    #[serde(flatten)]
    pub currency: Currency,
    /// All months, including those without any money.
    pub months: Vec<IncomeMonth>,
    /// The total.
    pub total: Sums,
    /// All unmatched transactions.
    pub unmatched: UnmatchedIncome,
}

/// A sum of payments in progress.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct IncomeCounter {
    sums: BTreeMap<(YearMonth, Option<Slug>), Sums>,
    unmatched: BTreeMap<YearMonth, UnmatchedIncome>,
}

impl IncomeCounter {
    /// Adds a payment of a member of a tier. Records of where payments begin, and gifts, are not
    /// money.
    pub fn add(&mut self, payment: &Payment, tier: Option<&Slug>, span: Span) {
        if payment.is_opening() || payment.amount == 0 {
            return;
        }
        if span.has(payment.date) {
            self.at(payment.date, tier).add(Sums::of(1, payment.amount, 0));
        }
        for back in payment.returned.iter().filter(|back| span.has(back.on)) {
            self.at(back.on, tier).add(Sums::of(0, 0, back.amount));
        }
    }

    /// Adds an unmatched transaction, unless it is of the same money as another one.
    pub fn add_unmatched(&mut self, transaction: &Transaction, span: Span) {
        if transaction.waits() && span.has(transaction.date) {
            let one = UnmatchedIncome { transactions: 1, amount: transaction.amount };
            self.unmatched.entry(month::of_day(transaction.date)).or_default().add(one);
        }
    }

    /// Adds the sums of another ledger.
    pub fn merge(&mut self, other: Self) {
        for (key, sums) in other.sums {
            self.sums.entry(key).or_default().add(sums);
        }
        for (month, unmatched) in other.unmatched {
            self.unmatched.entry(month).or_default().add(unmatched);
        }
    }

    /// Turns the sums into a report.
    #[must_use]
    pub fn income(&self, currency: Currency, span: Span) -> Income {
        let none = UnmatchedIncome::default();
        let mut income =
            Income { currency, months: Vec::new(), total: Sums::default(), unmatched: none };
        for month in span.months() {
            let mut row = IncomeMonth {
                month,
                sums: Sums::default(),
                tiers: Vec::new(),
                unmatched: self.unmatched.get(&month).copied().unwrap_or_default(),
            };
            let after = |key: &(YearMonth, Option<Slug>)| key.0 == month;
            for ((_, tier), sums) in self.sums.range((month, None)..).take_while(|it| after(it.0)) {
                row.sums.add(*sums);
                row.tiers.push(TierSums { tier: tier.clone(), sums: *sums });
            }
            income.total.add(row.sums);
            income.unmatched.add(row.unmatched);
            income.months.push(row);
        }
        income
    }

    fn at(&mut self, day: Date, tier: Option<&Slug>) -> &mut Sums {
        self.sums.entry((month::of_day(day), tier.cloned())).or_default()
    }
}

impl Sums {
    const fn of(payments: u64, received: Money, given_back: Money) -> Self {
        Self { payments, received, given_back, net: received.saturating_sub(given_back) }
    }

    fn add(&mut self, other: Self) {
        *self = Self::of(
            self.payments + other.payments,
            self.received.saturating_add(other.received),
            self.given_back.saturating_add(other.given_back),
        );
    }
}

impl UnmatchedIncome {
    fn add(&mut self, other: Self) {
        self.transactions += other.transactions;
        self.amount = self.amount.saturating_add(other.amount);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::Returned;

    fn pounds() -> Currency {
        Currency::named("GBP")
    }

    fn span(from: &str, until: &str) -> Span {
        Span { from: from.parse().unwrap(), until: until.parse().unwrap() }
    }

    fn payment(date: Date, amount: Money, back: Option<(Date, Money)>) -> Payment {
        let back = back.map(|(on, amount)| Returned { on, amount, months: 0, reason: "r".into() });
        let text = String::new();
        let (returned, split) = (back.into_iter().collect(), Vec::new());
        Payment { date, amount, months: 1, from: None, text, source: None, returned, split }
    }

    #[test]
    fn money_counts_in_the_month_in_which_it_came_or_went() {
        let (standard, span) = ("standard".parse().unwrap(), span("2026-01", "2026-03"));
        let mut ledger = IncomeCounter::default();
        let mut add = |payment: Payment, tier| ledger.add(&payment, tier, span);
        add(payment(date(2026, 1, 31), 2500, Some((date(2026, 3, 1), 2500))), Some(&standard));
        add(payment(date(2026, 1, 1), 1000, None), None);
        add(payment(date(2025, 12, 31), 9900, Some((date(2026, 1, 2), 100))), Some(&standard));
        add(payment(date(2026, 2, 1), 0, None), Some(&standard));
        let opening = Some(Payment::OPENING.to_owned());
        add(Payment { source: opening, ..payment(date(2026, 2, 1), 5, None) }, Some(&standard));
        let waiting = Transaction {
            date: date(2026, 2, 2),
            amount: 777,
            text: String::new(),
            source: None,
            payer: None,
            reason: "r".into(),
            same_as: None,
            payout: None,
            failed: None,
        };
        ledger.add_unmatched(&waiting, span);
        let income = ledger.income(pounds(), span);
        let told: Vec<_> = income.months.iter().map(|it| (it.month.to_string(), it.sums)).collect();
        assert_eq!(
            told,
            [
                ("2026-01".into(), Sums::of(2, 3500, 100)),
                ("2026-02".into(), Sums::default()),
                ("2026-03".into(), Sums::of(0, 0, 2500)),
            ]
        );
        let of = |tier, sums| TierSums { tier, sums };
        let tiers = [of(None, Sums::of(1, 1000, 0)), of(Some(standard), Sums::of(1, 2500, 100))];
        assert_eq!(income.months[0].tiers, tiers);
        assert_eq!((income.total, income.total.net), (Sums::of(2, 3500, 2600), 900));
        let one = UnmatchedIncome { transactions: 1, amount: 777 };
        assert_eq!((income.months[1].unmatched, income.unmatched), (one, one));
    }

    #[test]
    fn a_span_has_all_its_months() {
        let count = |from, until| span(from, until).months().count();
        assert_eq!(count("2025-11", "2026-02"), 4);
        assert_eq!(count("2026-02", "2026-02"), 1);
        assert_eq!(count("2026-03", "2026-02"), 0);
        let end = YearMonth { year: 9999, month: 12 };
        assert_eq!(Span { from: end, until: end }.months().count(), 1);
    }

    proptest! {
        #[test]
        fn what_comes_in_is_what_was_paid_however_it_is_shared_out(
            paid in prop::collection::vec((0..800_i64, 1..100_000_i64, any::<bool>()), 0..60),
            cut in any::<prop::sample::Index>(),
        ) {
            let span = span("2024-01", "2026-12");
            let tier = "standard".parse().unwrap();
            let payments: Vec<Payment> = paid
                .iter()
                .map(|(day, amount, back)| {
                    let on = date(2024, 1, 1) + jiff::SignedDuration::from_hours(24 * day);
                    payment(on, *amount, back.then_some((on, amount / 2)))
                })
                .collect();
            let of = |some: &[Payment]| {
                let mut ledger = IncomeCounter::default();
                some.iter().for_each(|it| ledger.add(it, Some(&tier), span));
                ledger
            };
            let (a, b) = payments.split_at(cut.index(payments.len() + 1));
            let mut both = of(a);
            both.merge(of(b));
            prop_assert_eq!(&both, &of(&payments));
            let income = both.income(pounds(), span);
            prop_assert_eq!(income.total.received, paid.iter().map(|it| it.1).sum::<Money>());
            prop_assert_eq!(income.total.payments, paid.len() as u64);
            let by_month: Money = income.months.iter().map(|it| it.sums.net).sum();
            prop_assert_eq!(by_month, income.total.net);
        }
    }
}
