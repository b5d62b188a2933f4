//! From a knock of a payment processor to a committed payment, in a program that goes on running: whole
//! spaces, checked out, with a year of payments.
//!
//! `cargo bench --bench receive -- 1000` measures one size. The processor answers at once, so what it and the
//! network take comes on top.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a bench prints, and may panic"
)]

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use jiff::civil::Date;
use space::{
    app::service::{self, Accounts, Follower},
    domain::{
        follow::{Found, Happening, News, Terms, What},
        model::MemberId,
        ops,
    },
    integrations::processor::{Customer, Processor, ProcessorError, Visit},
    store::Store,
};

#[path = "support/large.rs"]
mod large;
#[path = "support/ledger.rs"]
mod ledger;
#[path = "support/lived_in.rs"]
mod lived_in;

use lived_in::Layout;

const SIZES: [u64; 3] = [100, 1_000, 10_000];

/// How many payments are measured.
const PAYMENTS: usize = 25;

fn main() {
    let only: Option<u64> = std::env::args().find_map(|it| it.parse().ok());
    for members in SIZES.into_iter().filter(|it| only.is_none_or(|only| only == *it)) {
        for layout in [Layout::Packed, Layout::Loose, Layout::Bare] {
            let mut times = receive(members, layout);
            times.sort_unstable();
            let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
            println!(
                "{members} members, {layout:?}: a payment is committed after {:.1} ms (p50), {:.1} ms \
                 (p90), {:.1} ms (most)",
                at(50),
                at(90),
                at(100)
            );
        }
    }
}

/// Returns how long each payment took, without the first one, for which all is read.
fn receive(members: u64, layout: Layout) -> Vec<Duration> {
    let dir = tempfile::tempdir().unwrap();
    large::copy(&lived_in::space(members, layout), dir.path());
    let store = Store::open(dir.path()).unwrap();
    let now = large::now();
    let name = "stripe".parse().unwrap();
    let links: BTreeMap<MemberId, String> = (1..=members)
        .map(|number| (MemberId::new(number).unwrap(), format!("cus_{number}")))
        .collect();
    let head = store.read(store.head().unwrap()).unwrap();
    let plan = ops::service::link(&head, &name, &links, |_| true).unwrap();
    store.apply(&plan.change, head.id(), &large::author(), now).unwrap();
    let mut follower = Follower {
        name,
        return_url: None,
        processor: Box::new(Paying { members, number: 0 }),
        others: BTreeMap::new(),
        accounts: Accounts::default(),
    };
    let mut receive = || {
        let begun = Instant::now();
        let done = service::receive(&store, &mut follower, None, now).unwrap();
        assert_eq!((done.credited + done.waiting, done.commits.len()), (1, 1));
        begun.elapsed()
    };
    receive();
    (0..PAYMENTS).map(|_| receive()).collect()
}

/// A processor that takes dues of another member each time it is asked.
struct Paying {
    members: u64,
    number: u64,
}

impl Processor for Paying {
    fn happened(&mut self, _: Option<&str>) -> Result<News, ProcessorError> {
        self.number += 1;
        let account = Some(format!("cus_{}", self.number * 7 % self.members + 1));
        let what = What::Paid { account, amount: 2500, currency: "GBP".into() };
        let payment = format!("ch_{}", self.number);
        let happenings = vec![Happening { at: large::now(), payment, what }];
        Ok(News { happenings, cursor: Some(self.number.to_string()), gap: false })
    }

    fn read(&mut self) -> Result<Found<Terms>, ProcessorError> {
        unreachable!("nobody compares")
    }

    fn open(&mut self, _: &str, _: &Customer) -> Result<String, ProcessorError> {
        unreachable!("nobody joins")
    }

    fn give(&mut self, _: &str, _: &str, _: &Terms, _: Option<Date>) -> Result<(), ProcessorError> {
        unreachable!("nothing begins")
    }

    fn change(&mut self, _: &str, _: &str, _: &Terms) -> Result<(), ProcessorError> {
        unreachable!("nothing changes")
    }

    fn remove(&mut self, _: &str, _: &str) -> Result<(), ProcessorError> {
        unreachable!("nothing ends")
    }

    fn link(&mut self, _: &str, _: &Visit) -> Result<String, ProcessorError> {
        unreachable!("nobody asks")
    }
}
