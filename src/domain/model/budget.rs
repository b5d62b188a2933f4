//! How much one space may be, so that no commit, however it was made, keeps a door or a gate busy for
//! long or fills their memory.
//!
//! The gate refuses what is over one of these bounds, and a door does not put it in force. They have
//! room for 100,000 members. All of them used up together keep a door below the 256 MB that its unit
//! allows it.

use super::{Facility, MemberFolder, Record};

/// The most files and folders in one folder: a space of 100,000 members has that many remembered
/// payers.
pub const IN_FOLDER: usize = 100_000;

/// The most files and folders in a folder below `members/` of which the door reads all: a hundred
/// members, what one member has, all that lies among the credentials or inductions of one.
pub const IN_MEMBER: usize = 1_000;

/// The most folders in which records lie: five for each member.
pub const FOLDERS: u64 = 1_000_000;

/// The most files and folders in all of them: ten years of monthly payments for each member.
pub const ENTRIES: u64 = 20_000_000;

/// The most files among the credentials and inductions of all members: fifteen for each. A door reads
/// them all when it starts.
pub const READ: u64 = 1_500_000;

/// The greatest length of a tree object in bytes: [`IN_FOLDER`] names of average length.
pub const TREE_BYTES: usize = 16 << 20;

/// The greatest length of a file in bytes that is read as a record.
pub const RECORD_BYTES: usize = 1 << 20;

/// The same for what the door reads of a member: a hundred grants, say.
pub const MEMBER_RECORD_BYTES: usize = 16 << 10;

/// The greatest length in bytes of all settings, tiers, facilities and requirements together, which a
/// door keeps in memory.
pub const RULES_BYTES: u64 = 4 << 20;

/// The most steps for working out all requirements: twice what a single timespec may take, or 2,500
/// weekly events. They take a Raspberry Pi a quarter of a second, and up to 60 MB.
pub const STEPS: u64 = 1_000_000;

/// The most bytes that a door keeps of all members. One with two fobs and five inductions takes 1,200.
pub const LOAD: u64 = 128 << 20;

/// The most files that may differ between two commits that are compared.
pub const CHANGED: usize = 1_000_000;

/// With more files than this that differ, a door reads all of a commit.
pub const PATCHED: usize = 50_000;

/// The most findings about members that a door keeps in memory.
pub const FINDINGS: usize = 10_000;

/// What a facility or a requirement costs besides its timespec, in steps.
const RULE: u64 = 100;

/// What a member, a credential, a grant, an induction, an unreadable code cost, in bytes: at least what
/// they take in an index, as a test there measures.
const MEMBER: u64 = 200;
const CREDENTIAL: u64 = 320;
const GRANT: u64 = 96;
const INDUCTION: u64 = 32;
const UNREAD: u64 = 128;

/// Returns how many steps a facility takes: a decision looks at each induction that it demands.
#[must_use]
pub fn steps_of(facility: &Facility) -> u64 {
    RULE + RULE * facility.inductions_first.len() as u64
}

/// Returns how many steps a requirement takes, given those of its timespec.
#[must_use]
pub const fn steps_with(timespec: u64) -> u64 {
    timespec.saturating_add(RULE)
}

/// Returns how many bytes a door keeps of a record of a member.
#[must_use]
pub const fn load_of(record: &Record) -> u64 {
    match record {
        Record::Member(_) => MEMBER,
        Record::Credential(it) => credential(it.grants.len()),
        Record::Induction(_) => INDUCTION,
        _ => 0,
    }
}

/// Returns how many bytes a door keeps of a member's folder.
#[must_use]
pub fn load_of_folder(folder: &MemberFolder) -> u64 {
    let credentials = folder.credentials.iter().map(|(_, it)| credential(it.grants.len()));
    let unread = folder.unread.iter().map(|it| UNREAD * it.codes.len() as u64);
    let inductions = INDUCTION * folder.inductions.len() as u64;
    MEMBER + inductions + credentials.chain(unread).sum::<u64>()
}

const fn credential(grants: usize) -> u64 {
    CREDENTIAL + GRANT * grants as u64
}

/// Says that working out all requirements takes more than [`STEPS`].
#[must_use]
pub fn too_many_steps() -> String {
    "all requirements together take too long to work out, and no door uses this: make their events \
     fewer or less frequent, or remove some"
        .to_owned()
}

/// Says that all members together take more than [`LOAD`].
#[must_use]
pub fn too_much_load() -> String {
    format!(
        "the credentials and inductions of all members together take more than the {} MB that a \
         door has for them, and no door uses this: remove those that have expired",
        LOAD >> 20
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one may have at least, by the size that a space is made for.
    #[test]
    fn a_hundred_thousand_members_are_within_the_budget() {
        let each = MEMBER + 2 * credential(1) + 5 * INDUCTION;
        assert!(100_000 * each <= LOAD, "{each}");
        assert!(200 * (steps_with(0) + 10 * steps_with(350)) <= STEPS);
    }
}
