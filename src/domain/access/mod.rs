//! Who may open what: the compiled index, and the decisions based on it (docs/architecture.md,
//! "What is decided").

mod compiled_member;
mod days;
mod decide;
mod decision;
mod demand;
mod explain;
mod index;
mod moment;
mod name;
mod rules;
mod scan;
mod shards;
mod timeline;

pub use compiled_member::CompiledMember;
pub use decide::decide;
pub use decision::{Decision, Side};
pub use demand::Demand;
pub use explain::{
    ActiveRequirement, Explanation, GrantStatus, SeenGrant, SeenInduction, everyone, explain,
};
pub use index::Index;
pub use name::Names;
pub use scan::Scan;
pub use timeline::Hold;
