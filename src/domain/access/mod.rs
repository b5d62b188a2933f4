//! Who may open what: the compiled index, and the decisions based on it (docs/architecture.md,
//! "What is decided").

mod attempt;
mod compiled_member;
mod days;
mod decide;
mod decision;
mod demand;
mod explain;
mod index;
mod lasting;
mod moment;
mod name_hash;
mod old_records;
mod reading;
mod rules;
mod shards;
mod step_count;
mod timeline;

pub use attempt::{attempt, incident};
pub use compiled_member::CompiledMember;
pub use decide::decide;
pub use decision::{Decision, Side};
pub use demand::Demand;
pub use explain::{
    ActiveRequirement, Explanation, GrantStatus, SeenGrant, SeenInduction, everyone, explain,
};
pub use index::Index;
pub use lasting::is_granted_throughout;
pub use name_hash::NameHashes;
pub use reading::Reading;
pub use step_count::StepCount;
pub use timeline::{Hold, Timeline};
