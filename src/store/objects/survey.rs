//! A look through every folder with records: whether each is as git writes it, and whether there is no
//! more in them than a space may have.
//!
//! It counts what differs from a tree that was in order, and stops as soon as there is too much of
//! something, so that a tree made to be endless costs no more than a large space.

use std::collections::HashMap;

use git2::Oid;

use super::{
    damage::{Damage, DamagedFolder},
    database::Database,
    extent::Extent,
    tree::{Mode, Tree, TreeEntry},
};
use crate::domain::model::{Finding, FindingCode, budget, record_path};

/// Why a commit is not used.
pub(in crate::store) enum SurveyFailure {
    /// A folder that git would not have written.
    Odd(DamagedFolder),
    /// More than a space may have.
    Over(Finding),
    /// What it is compared with cannot be read any more.
    Gone,
}

/// A look through all folders of records, as far as they differ from those of a tree that is in order.
pub(in crate::store) struct Survey<'s> {
    database: Database<'s>,
    /// How much is in the tree.
    pub(in crate::store) extent: Extent,
    /// How much was looked at, so that this ends however much there is.
    pub(in crate::store) now: Extent,
    /// Whether a folder is missing.
    pub(in crate::store) lost: bool,
}

impl<'s> Survey<'s> {
    /// Looks through a tree; `former` is one that is in order, with its extent.
    ///
    /// # Errors
    /// Why the tree must not be used.
    pub(in crate::store) fn of(
        database: Database<'s>,
        former: Option<(Oid, Extent)>,
        tree: Oid,
    ) -> Result<Self, SurveyFailure> {
        let (former, extent) = former.unzip();
        let extent = extent.unwrap_or_default();
        let mut survey = Self { database, extent, now: Extent::default(), lost: false };
        survey.folder("", former, Some(tree))?;
        survey.rules(former, tree)?;
        match survey.extent.excess() {
            Some(message) => Err(over("", message)),
            None => Ok(survey),
        }
    }

    fn folder(
        &mut self,
        path: &str,
        old: Option<Oid>,
        new: Option<Oid>,
    ) -> Result<(), SurveyFailure> {
        let (old, new) = (self.former(old)?, self.read(path, new)?);
        let is_read = most(path) == budget::IN_MEMBER && path.matches('/').count() == 3;
        self.count(path, &old, &new, is_read)?;
        let (mut olds, mut news) = (old.folders().peekable(), new.folders().peekable());
        // Folders that are alike but for their names, as somebody may have made them, by the thousand.
        let mut seen: HashMap<Oid, Extent> = HashMap::new();
        loop {
            let order = match (olds.peek(), news.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(old), Some(new)) => old.order(new),
            };
            let old = if order.is_le() { olds.next() } else { None };
            let new = if order.is_ge() { news.next() } else { None };
            let Some(either) = old.or(new).filter(|_| old != new) else { continue };
            let inner = below(path, &either);
            let (old, new) = (old.map(|it| it.id), new.map(|it| it.id));
            if record_path::holds(&inner) {
                let alike = new.filter(|_| old.is_none() && are_alike(path));
                if let Some(extent) = alike.and_then(|id| seen.get(&id)) {
                    self.extent += *extent;
                    self.now += *extent;
                    self.enough()?;
                    continue;
                }
                let before = self.extent;
                self.folder(&inner, old, new)?;
                if let Some(id) = alike {
                    seen.insert(id, self.extent - before);
                }
            }
        }
    }

    /// Counts the entries of a folder in place of those that it had.
    fn count(
        &mut self,
        path: &str,
        old: &Tree,
        new: &Tree,
        is_read: bool,
    ) -> Result<(), SurveyFailure> {
        let [before, after] = [old, new].map(|it| it.entries().count());
        if after > most(path) {
            let message = format!(
                "has {after} files and folders, and may have {}: remove those that are not needed",
                most(path)
            );
            return Err(over(path, message));
        }
        let [before, after] = [before, after].map(|it| it as u64);
        let folder = |tree: &Tree| u64::from(tree.size() > 0);
        let turned = |sum: u64, more: u64, less| (sum + more).saturating_sub(less);
        self.extent.folders = turned(self.extent.folders, folder(new), folder(old));
        self.extent.entries = turned(self.extent.entries, after, before);
        self.now.folders += 1;
        self.now.entries += after;
        if is_read {
            // Whatever lies there may be a copy of a credential.
            let before = before + self.files_below(path, old, true)?;
            let after = after + self.files_below(path, new, false)?;
            self.extent.read = turned(self.extent.read, after, before);
            self.now.read += after;
        }
        self.enough()
    }

    /// Ends the look if more was looked at than a space may have.
    fn enough(&self) -> Result<(), SurveyFailure> {
        self.now.excess().map_or(Ok(()), |message| Err(over("", message)))
    }

    /// Counts what is in the folders that lie where records of a member belong, and below them.
    fn files_below(
        &mut self,
        path: &str,
        tree: &Tree,
        is_former: bool,
    ) -> Result<u64, SurveyFailure> {
        let mut left = budget::IN_MEMBER.saturating_sub(tree.entries().count());
        let inner = |path: &str, tree: &Tree| {
            tree.folders().map(|entry| (below(path, &entry), entry.id)).collect()
        };
        let (mut open, mut count): (Vec<(String, Oid)>, _) = (inner(path, tree), 0);
        while let Some((path, id)) = open.pop() {
            let tree = if is_former { self.former(Some(id))? } else { self.read(&path, Some(id))? };
            let more = tree.entries().count();
            left = left.checked_sub(more).ok_or_else(|| {
                let most = budget::IN_MEMBER;
                over(&path, format!("has more than {most} files and folders in it: remove them"))
            })?;
            count += more as u64;
            open.append(&mut inner(&path, &tree));
        }
        Ok(count)
    }

    /// Reads a folder of the tree that is looked at.
    fn read(&mut self, path: &str, id: Option<Oid>) -> Result<Tree, SurveyFailure> {
        let Some(id) = id else { return Ok(Tree::default()) };
        match self.database.short_tree(id, budget::TREE_BYTES) {
            Ok(Some(tree)) => Ok(tree),
            Ok(None) => {
                let most = budget::TREE_BYTES;
                Err(over(path, format!("has a list of more than {most} bytes of its files")))
            }
            Err(Damage::Lost(_) | Damage::Broken { .. }) => {
                self.lost = true;
                Ok(Tree::default())
            }
            Err(damage) => Err(SurveyFailure::Odd(DamagedFolder {
                path: path.to_owned(),
                newer: true,
                damage,
            })),
        }
    }

    /// Reads a folder of the tree that is in order.
    fn former(&self, id: Option<Oid>) -> Result<Tree, SurveyFailure> {
        id.map_or_else(
            || Ok(Tree::default()),
            |id| self.database.tree(id).map_err(|_| SurveyFailure::Gone),
        )
    }

    /// Adds up the lengths of what belongs to no member and decides something, if any of it differs.
    fn rules(&mut self, old: Option<Oid>, new: Oid) -> Result<(), SurveyFailure> {
        let (old, new) = (self.former(old)?, self.read("", Some(new))?);
        let differs = |name: &&str| old.find(name.as_bytes()) != new.find(name.as_bytes());
        let rules = ["space.json", "tiers", "facilities"];
        if !rules.iter().any(differs) {
            return Ok(());
        }
        let mut left = budget::RULES_BYTES;
        let entries = rules.iter().filter_map(|name| new.find(name.as_bytes()));
        entries.into_iter().try_for_each(|entry| self.lengths("", &entry, &mut left))
    }

    fn lengths(
        &mut self,
        above: &str,
        entry: &TreeEntry<'_>,
        left: &mut u64,
    ) -> Result<(), SurveyFailure> {
        let length = match entry.mode {
            Mode::Folder => 0,
            _ => self.database.length(entry.id).unwrap_or_default() as u64,
        };
        *left = left.checked_sub(EACH + length).ok_or_else(|| {
            let most = budget::RULES_BYTES >> 20;
            let message = format!(
                "all settings, tiers, facilities and requirements together are longer than {most} \
                 MB, and no door uses this: shorten the longest calendars, or remove some"
            );
            over("", message)
        })?;
        let path = below(above, entry);
        if entry.mode == Mode::Folder && record_path::holds(&path) {
            let tree = self.read(&path, Some(entry.id))?;
            tree.entries().try_for_each(|it| self.lengths(&path, &it, left))?;
        }
        Ok(())
    }
}

/// What a file or folder counts for besides its content, in bytes: its name takes room as well.
const EACH: u64 = 64;

/// Returns how many files and folders a folder may have.
fn most(path: &str) -> usize {
    let mut names = path.split('/');
    let of_member = names.next() == Some("members");
    match (names.next(), names.next(), names.next()) {
        (Some(_), None, _) | (Some(_), Some(_), None | Some("credentials" | "inductions"))
            if of_member =>
        {
            budget::IN_MEMBER
        }
        _ => budget::IN_FOLDER,
    }
}

/// Tells whether folders in a folder are read in one way, whatever their names.
fn are_alike(path: &str) -> bool {
    let mut names = path.split('/');
    matches!(
        (names.next(), names.next(), names.next()),
        (Some("facilities" | "unmatched"), None, _)
            | (Some("members"), _, None)
            | (Some("messages"), Some("tags" | "members"), None)
    )
}

fn below(path: &str, entry: &TreeEntry<'_>) -> String {
    if path.is_empty() { entry.shown().into_owned() } else { format!("{path}/{}", entry.shown()) }
}

/// Reports that there is too much of something; the top folder has no name.
fn over(path: &str, message: String) -> SurveyFailure {
    let path = if path.is_empty() { "." } else { path };
    SurveyFailure::Over(Finding::error(FindingCode::OverBudget, path, message))
}

#[cfg(test)]
mod tests;
