//! The records of a commit, compiled for decisions: immutable, and cheap to update.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    compiled_member::{CodeHolder, CompiledMember, HeldCode, LookupKey, hash_id},
    rules::Rules,
    shards::Shards,
    timeline::Hold,
};
use crate::domain::{
    dues::{Cover, CoverTerms},
    model::{
        Basis, CodeHash, CommitId, Finding, FindingCode, MemberFolder, MemberId, Slug, StaleRule,
        budget,
    },
    schedule::Window,
};

/// Who holds what and what is required when, stamped with the commit it came from.
///
/// A clone shares everything; a patched index shares what did not change.
#[derive(Clone)]
pub struct Index {
    commit: CommitId,
    pub(super) rules: Arc<Rules>,
    held_codes: Shards<HeldCode>,
    holders: Shards<CodeHolder>,
    /// The codes of credentials that cannot be read, and who holds them; usually there are none.
    unread: Arc<BTreeMap<CodeHash, BTreeSet<MemberId>>>,
    /// How many bytes it keeps of the members.
    load: u64,
}

impl Index {
    /// Compiles the records of a commit for a window of time.
    pub fn compile(
        commit: CommitId,
        basis: &Basis,
        members: impl IntoIterator<Item = CompiledMember>,
        window: Window,
    ) -> Self {
        let mut index = Self::begin(commit, basis, window);
        members.into_iter().for_each(|entry| index.add(entry));
        index.finish()
    }

    /// Starts compiling a commit whose members are added one by one.
    #[must_use]
    pub fn begin(commit: CommitId, basis: &Basis, window: Window) -> Self {
        let rules = Arc::new(Rules::compile(Arc::new(basis.clone()), window, None));
        let (held_codes, holders) = (Shards::new(), Shards::new());
        Self { commit, rules, held_codes, holders, unread: Arc::default(), load: 0 }
    }

    /// Adds a member.
    pub fn add(&mut self, entry: CompiledMember) {
        self.replace(entry.member(), Some(entry));
    }

    /// Tells whether it contains a member.
    #[must_use]
    pub fn has(&self, id: MemberId) -> bool {
        self.holder(id).is_some()
    }

    /// Releases the spare memory left after adding members.
    #[must_use]
    pub fn finish(mut self) -> Self {
        self.held_codes.shrink();
        self.holders.shrink();
        self
    }

    /// Returns the index of another commit, given the differences: `basis` is `None` if it is
    /// unchanged, and a folder is `None` if the member was removed. The cost is proportional to the
    /// change.
    #[must_use]
    pub fn patch(
        &self,
        commit: CommitId,
        basis: Option<&Basis>,
        members: Vec<(MemberId, Option<MemberFolder>)>,
    ) -> Self {
        let mut index = Self { commit, ..self.clone() };
        if let Some(basis) = basis {
            let basis = Arc::new(basis.clone());
            index.rules = Arc::new(Rules::compile(basis, self.horizon(), Some(&self.rules)));
        }
        for (member, folder) in members {
            index.replace(member, folder.as_ref().map(CompiledMember::new));
        }
        index
    }

    /// Returns the same index for another window of time.
    #[must_use]
    pub fn with_window(&self, window: Window) -> Self {
        let rules = Rules::compile(self.rules.basis().clone(), window, Some(&self.rules));
        Self { rules: Arc::new(rules), ..self.clone() }
    }

    /// Returns the window of time it covers; outside it everything is shut.
    #[must_use]
    pub fn horizon(&self) -> Window {
        self.rules.window
    }

    /// Returns the commit that it came from.
    #[must_use]
    pub const fn commit(&self) -> CommitId {
        self.commit
    }

    /// Returns what could not be used of the basis and so keeps a facility shut.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.rules.findings
    }

    /// Returns what there is too much of, if its commit is over the budget of a space: then it must not
    /// be put in force.
    #[must_use]
    pub fn over_budget(&self) -> Option<Finding> {
        if self.rules.is_over {
            return self.findings().iter().find(|it| it.code == FindingCode::OverBudget).cloned();
        }
        (self.load > budget::LOAD)
            .then(|| Finding::error(FindingCode::OverBudget, "members", budget::too_much_load()))
    }

    /// Returns the facilities by name.
    pub fn facilities(&self) -> impl Iterator<Item = &Slug> {
        self.rules.facilities().iter().map(|compiled| &compiled.slug)
    }

    /// Tells whether a passcode counts at a facility only shortly after a fob of the same member.
    #[must_use]
    pub fn fob_first(&self, facility: &Slug) -> bool {
        self.rules.facility(facility).is_some_and(|compiled| compiled.fob_first)
    }

    /// Returns what opens a facility with records of an age, if not everything that opens it otherwise.
    #[must_use]
    pub fn stale_rule(&self, facility: &Slug, age: SignedDuration) -> Option<StaleRule> {
        self.rules.facility(facility)?.stale.filter(|rule| rule.applies_to(age))
    }

    /// Returns the requirements that hold a facility unlocked, whether armed or not.
    pub fn holds(&self, facility: &Slug, now: Timestamp) -> impl Iterator<Item = Hold<'_>> {
        let compiled = self.rules.today(now).and_then(|_| self.rules.facility(facility));
        compiled.into_iter().flat_map(move |compiled| compiled.holds(now))
    }

    /// Returns the next instant at which a requirement of a facility begins or ends, or at which
    /// this index ends.
    #[must_use]
    pub fn next_change(&self, facility: &Slug, now: Timestamp) -> Option<Timestamp> {
        let bound =
            self.rules.facility(facility).and_then(|compiled| compiled.timeline.next_change(now));
        let end = self.horizon().until;
        bound.into_iter().chain((now < end).then_some(end)).min()
    }

    /// Returns every member, in arbitrary order.
    pub(super) fn holders(&self) -> impl Iterator<Item = &CodeHolder> {
        self.holders.iter()
    }

    pub(super) fn holder(&self, id: MemberId) -> Option<&CodeHolder> {
        self.holders.find(hash_id(id)).find(|holder| holder.status.id == id)
    }

    /// Returns the holders of a code, normally at most one.
    pub(super) fn held_codes(&self, key: LookupKey) -> impl Iterator<Item = &HeldCode> {
        self.held_codes.find(key.hash()).filter(move |held| held.key == key)
    }

    /// Tells whether a code that a member holds is in a credential of another one that cannot be
    /// read.
    pub(super) fn is_obscured(&self, code: CodeHash, holder: MemberId) -> bool {
        self.unread.get(&code).is_some_and(|all| all.iter().any(|id| *id != holder))
    }

    pub(super) fn cover(&self, payer: CoverTerms, on: Date) -> Cover {
        Cover::of(payer, self.rules.grace_days, on, |id| {
            let parent = self.holder(id).filter(|parent| parent.status.readable)?;
            Some(parent.status.payer(&self.rules))
        })
    }

    fn replace(&mut self, id: MemberId, entry: Option<CompiledMember>) {
        let former = self.holders.remove(hash_id(id), |holder| holder.status.id == id);
        let had_unread = former.as_ref().is_some_and(|holder| holder.has_unread);
        self.load -= former.as_ref().map_or(0, |holder| holder.load);
        for key in former.into_iter().flat_map(|holder| holder.keys) {
            self.held_codes.remove(key.hash(), |it| it.key == key && it.status.id == id);
        }
        if had_unread {
            Arc::make_mut(&mut self.unread).retain(|_, all| {
                all.remove(&id);
                !all.is_empty()
            });
        }
        let Some(CompiledMember { status, keys, unread, load }) = entry else { return };
        self.load += load;
        let has_unread = !unread.is_empty();
        if !unread.is_empty() {
            let all = Arc::make_mut(&mut self.unread);
            for code in unread {
                all.entry(code).or_default().insert(id);
            }
        }
        self.holders.insert(CodeHolder {
            status: status.clone(),
            keys: keys.iter().map(|(key, _)| *key).collect(),
            load,
            has_unread,
        });
        for (key, grants) in keys {
            self.held_codes.insert(HeldCode { key, status: status.clone(), grants });
        }
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("commit", &self.commit).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        dues,
        model::{Credential, Induction},
    };

    fn credential(code: u64, grants: usize) -> Credential {
        serde_json::from_value(serde_json::json!({
            "type": "fob",
            "code": format!("{code:032x}"),
            "grants": vec![serde_json::json!({
                "facility": "door", "priority": 1, "effective": "2026-01-01T00:00:00Z",
                "expiration": null,
            }); grants],
        }))
        .unwrap()
    }

    fn member(number: u64, grants: usize) -> CompiledMember {
        let mut folder = MemberFolder::new(MemberId::new(number).unwrap());
        folder.credentials.push(("t".parse().unwrap(), credential(number, grants)));
        CompiledMember::new(&folder)
    }

    #[test]
    fn an_index_takes_no_more_memory_than_is_counted_for_its_members() {
        let window = Window::around(Timestamp::UNIX_EPOCH);
        let folder = |number: u64, credentials: u64, grants: usize| {
            let mut folder = MemberFolder::new(MemberId::new(number).unwrap());
            for at in 0..credentials {
                let code = (at << 32) | number;
                let tag = format!("{at:02}{}", "x".repeat(62)).parse().unwrap();
                folder.credentials.push((tag, credential(code, grants)));
            }
            let facility = |at: u64| format!("facility-{at}").parse().unwrap();
            let induction = |at| {
                let on = jiff::civil::date(2026, 1, 1);
                (facility(at), Induction { on, by: None, inductor: false })
            };
            folder.inductions = (0..credentials).map(induction).collect();
            folder
        };
        for (members, credentials, grants) in [(1_800, 0, 0), (1_800, 1, 1), (300, 5, 7)] {
            let mut load = 0;
            let used = allocation_counter::measure(|| {
                let mut index = Index::begin(CommitId::default(), &dues::fixture::basis(), window);
                for number in 0..members {
                    let entry = CompiledMember::new(&folder(number, credentials, grants));
                    index.add(entry);
                }
                load = index.load;
                std::mem::forget(index.finish());
            });
            // The tables are there without any members too.
            let used = used.bytes_current - 40_000;
            let most = i64::try_from(load).unwrap();
            assert!(used < most && most < 5 * used, "{members} {credentials}: {used} of {most}");
        }
    }

    #[test]
    fn what_is_kept_of_the_members_is_counted_through_every_change() {
        let window = Window::around(Timestamp::UNIX_EPOCH);
        let mut index = Index::begin(CommitId::default(), &dues::fixture::basis(), window);
        for (number, grants) in [(1, 3), (2, 5), (1, 2), (2, 700)] {
            index.add(member(number, grants));
        }
        assert_eq!(index.load, member(1, 2).load() + member(2, 700).load());
        let gone = [1, 2].map(|number| (MemberId::new(number).unwrap(), None));
        assert_eq!(index.patch(CommitId::default(), None, gone.into()).load, 0);
        assert_eq!(index.over_budget(), None);
        // As if there were that many.
        index.load = budget::LOAD;
        assert_eq!(index.over_budget(), None);
        index.add(member(3, 1));
        assert_eq!(index.over_budget().map(|it| it.code), Some(FindingCode::OverBudget));
    }
}
