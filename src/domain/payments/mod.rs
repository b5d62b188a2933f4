//! Incoming money: which member it belongs to, whether it is already known, and what it buys.

mod batch;
mod books;
mod bought;
mod chain;
mod identity;
mod import_plan;
mod line_kind;
mod line_outcome;
mod look_alike;
mod matcher;
mod money_back;
mod payer_name;
mod payout_line;
mod recognition;
mod recorded;
mod reference;
mod statement_line;
mod suggestion;
mod taken_back;
mod totals;
mod transaction_status;
mod twins;

pub use batch::Batch;
pub use books::{AccountLookup, Books, DuesAccount, Known, NEAR_DAYS, PAYOUT_DAYS};
pub use bought::{Bought, months_bought};
pub use chain::{paid_until, settle};
pub use identity::{by_bank, by_content, by_payer, is_imported};
pub use import_plan::{ImportPlan, plan};
pub use line_kind::LineKind;
pub use line_outcome::LineOutcome;
pub use matcher::{suggestions, twin};
pub use payer_name::payer_name;
pub use payout_line::is_about;
pub use recorded::Recorded;
pub use reference::{Reference, reference};
pub use statement_line::{Statement, StatementLine, StatementRow};
pub use suggestion::Suggestion;
pub use taken_back::TakenBack;
pub use totals::{LineTotal, Totals};
pub use transaction_status::{
    IgnoredReason, KnownFrom, MatchedBy, ReviewFlag, TransactionStatus, UnmatchedReason,
};
pub use twins::part_id;
