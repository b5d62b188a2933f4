//! Incoming money: which member it belongs to, whether it is already known, and what it buys.

mod chain;
mod fate;
mod identity;
mod line;
mod outcome;
mod plan;
mod reference;
mod totals;

pub use chain::{paid_until, settle};
pub use fate::{Because, Fate, Ignored, Known, Mark, Reason};
pub use identity::{by_bank, by_content, by_payer};
pub use line::{Line, Row, Statement};
pub use outcome::Outcome;
pub use plan::{Account, Books, Found, Plan, months_bought, plan};
pub use reference::{Reference, reference};
pub use totals::{Share, Totals};
