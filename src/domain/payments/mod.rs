//! Incoming money: which member it belongs to, whether it is already known, and what it buys.

mod chain;
mod identity;
mod import_plan;
mod line_kind;
mod line_outcome;
mod reference;
mod statement_line;
mod taken_back;
mod totals;
mod transaction_status;

pub use chain::{paid_until, settle};
pub use identity::{by_bank, by_content, by_payer};
pub use import_plan::{AccountLookup, Books, DuesAccount, ImportPlan, months_bought, plan};
pub use line_kind::LineKind;
pub use line_outcome::LineOutcome;
pub use reference::{Reference, reference};
pub use statement_line::{Statement, StatementLine, StatementRow};
pub use taken_back::TakenBack;
pub use totals::{LineTotal, Totals};
pub use transaction_status::{
    IgnoredReason, KnownFrom, MatchedBy, ReviewFlag, TransactionStatus, UnmatchedReason,
};
