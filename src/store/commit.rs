//! Writing a commit: its objects, then the branch, and nothing promised before the disk has both.

use std::path::PathBuf;

use git2::{ErrorCode, ObjectType, Odb, Oid, Signature, Time};
use jiff::Timestamp;

use super::{
    Author, Durability, Store, StoreError, durable, key::io_at, tree::Edits, worktree::Step,
};
use crate::domain::model::text;

/// So many files in one commit are written as one pack instead of a file each.
const WORTH_A_PACK: usize = 256;

/// What a commit is to say.
pub(super) struct Plan<'p> {
    /// What becomes of which path.
    pub(super) steps: &'p [Step],
    /// The commit to build on; nothing for the first one.
    pub(super) parent: Option<Oid>,
    /// The tree to build on.
    pub(super) tree: Option<Oid>,
    pub(super) author: &'p Author,
    pub(super) now: Timestamp,
    pub(super) message: &'p str,
}

impl Store {
    /// Writes the objects of a commit, so that they are on the disk before anything names them.
    pub(super) fn write_objects(&self, plan: &Plan<'_>) -> Result<Oid, StoreError> {
        let fail = self.git("write the objects");
        let (written, files) = if plan.steps.len() > WORTH_A_PACK {
            self.write_pack(plan)?
        } else {
            let odb = self.odb()?;
            let mut ids = Vec::new();
            let written = self.write_into(&odb, plan, &mut ids).map_err(fail)?;
            (written, ids.into_iter().map(|id| self.loose(id)).collect())
        };
        self.reached("objects");
        if self.durability == Durability::Full {
            // What was there already, in a pack or because it came before, has no new file.
            let new: Vec<PathBuf> = files.into_iter().filter(|path| path.is_file()).collect();
            durable::settle(&new).map_err(io_at(&self.repo.commondir().join("objects")))?;
        }
        self.reached("settled");
        Ok(written)
    }

    fn write_into(
        &self,
        odb: &Odb<'_>,
        plan: &Plan<'_>,
        ids: &mut Vec<Oid>,
    ) -> Result<Oid, git2::Error> {
        let mut edits = Edits::default();
        for step in plan.steps {
            let write = |(_, bytes): &(Oid, Vec<u8>)| odb.write(ObjectType::Blob, bytes);
            let blob = step.new.as_ref().map(write).transpose()?;
            edits.set(&step.path, blob);
            ids.extend(blob);
        }
        self.reached("blobs");
        let tree = match edits.write(odb, plan.tree, ids)? {
            Some(tree) => tree,
            None => {
                let empty = odb.write(ObjectType::Tree, &[])?;
                ids.push(empty);
                empty
            }
        };
        self.reached("trees");
        let commit = odb.write(ObjectType::Commit, commit_text(plan, tree)?.as_bytes())?;
        ids.push(commit);
        Ok(commit)
    }

    /// Writes all objects as one pack, through a second handle that keeps them in memory first.
    fn write_pack(&self, plan: &Plan<'_>) -> Result<(Oid, Vec<PathBuf>), StoreError> {
        let fail = self.git("write the objects");
        let aside = git2::Repository::open(self.repo.path()).map_err(&fail)?;
        let odb = aside.odb().map_err(&fail)?;
        let _in_memory = odb.add_new_mempack_backend(1000).map_err(&fail)?;
        let mut ids = Vec::new();
        let written = self.write_into(&odb, plan, &mut ids).map_err(&fail)?;
        ids.sort_unstable();
        ids.dedup();
        let mut builder = aside.packbuilder().map_err(&fail)?;
        for id in &ids {
            builder.insert_object(*id, None).map_err(&fail)?;
        }
        let folder = self.repo.commondir().join("objects/pack");
        builder.write(&folder, 0o444).map_err(&fail)?;
        let name = builder.name().ok().flatten().unwrap_or_default().to_owned();
        drop(builder);
        let files = ["pack", "idx"].map(|end| folder.join(format!("pack-{name}.{end}")));
        self.odb()?.refresh().map_err(&fail)?;
        Ok((written, files.to_vec()))
    }

    /// Moves the branch, if it still is where it was; tells whether it was.
    pub(super) fn move_branch(
        &self,
        name: &str,
        from: Oid,
        to: Oid,
        log: &str,
    ) -> Result<bool, StoreError> {
        let loose = self.branch_file(name).is_file();
        match self.repo.reference_matching(name, to, true, from, log) {
            Ok(_) => {}
            Err(error) if error.code() == ErrorCode::Modified => return Ok(false),
            Err(error) => return Err(self.git("move the branch")(error)),
        }
        if !loose {
            // The file system takes care of what replaces a file, not of what is new: a branch
            // that came out of `packed-refs` must not be empty after a power cut.
            self.flush_branch(name)?;
        }
        Ok(true)
    }

    /// Makes the branch, and all that was settled before it moved, safe from a power cut.
    pub(super) fn flush_branch(&self, name: &str) -> Result<(), StoreError> {
        if self.durability == Durability::Rehearsal {
            return Ok(());
        }
        let path = self.branch_file(name);
        durable::flush(&path).map_err(io_at(&path))
    }

    fn branch_file(&self, name: &str) -> PathBuf {
        self.repo.commondir().join(name)
    }

    fn loose(&self, id: Oid) -> PathBuf {
        let digits = id.to_string();
        let (folder, file) = digits.split_at(2);
        self.repo.commondir().join("objects").join(folder).join(file)
    }
}

fn commit_text(plan: &Plan<'_>, tree: Oid) -> Result<String, git2::Error> {
    let time = Time::new(plan.now.as_second(), 0);
    // libgit2 refuses names that would break the format, but for line breaks.
    let line = |text: &str| text.replace(text::is_control, " ");
    let who = Signature::new(&line(&plan.author.name), &line(&plan.author.email), &time)?;
    let who = format!(
        "{} <{}> {} +0000",
        String::from_utf8_lossy(who.name_bytes()),
        String::from_utf8_lossy(who.email_bytes()),
        time.seconds()
    );
    let parent = plan.parent.map_or_else(String::new, |parent| format!("parent {parent}\n"));
    Ok(format!("tree {tree}\n{parent}author {who}\ncommitter {who}\n\n{}", plan.message))
}
