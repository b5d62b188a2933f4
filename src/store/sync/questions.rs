//! The questions that wait until somebody answers them, in `.git/space/questions.json`.

use std::{fs, io, path::PathBuf};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        merge::Question,
        model::{CommitId, RecordPath},
    },
    store::{
        Store, StoreError,
        disk::{durable, io_at, private_dir},
    },
};

/// A question that waits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// A number that names it: those that wait have different ones.
    pub id: u32,
    /// What is asked.
    #[serde(flatten)]
    pub question: Question,
    /// Who changed the record on our side.
    pub by_us: Option<Who>,
    /// Who changed it on the other side.
    pub by_them: Option<Who>,
}

/// Who made a change, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Who {
    /// The author.
    pub name: String,
    /// The date of the commit.
    pub at: Timestamp,
    /// The commit.
    pub commit: CommitId,
}

impl Store {
    /// Returns the questions that wait, in the order in which they came up.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn questions(&self) -> Result<Vec<Waiting>, StoreError> {
        let path = self.questions_file();
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| io_at(&path)(io::Error::other(error.to_string()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(io_at(&path)(error)),
        }
    }

    /// Adds questions that came up when two commits were joined. A new question about a field takes
    /// the place of an older one.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn ask(
        &self,
        questions: Vec<Question>,
        [ours, theirs]: [CommitId; 2],
    ) -> Result<(), StoreError> {
        if questions.is_empty() {
            return Ok(());
        }
        let mut all = self.questions()?;
        for question in questions {
            all.retain(|it| {
                (&it.question.path, &it.question.field) != (&question.path, &question.field)
            });
            let id = all.iter().map(|it| it.id).max().unwrap_or_default() + 1;
            let by_us = self.who_changed(ours, &question.path)?;
            let by_them = self.who_changed(theirs, &question.path)?;
            all.push(Waiting { id, question, by_us, by_them });
        }
        self.write_questions(&all)
    }

    /// Forgets a question that was answered.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn answered(&self, id: u32) -> Result<(), StoreError> {
        let mut all = self.questions()?;
        all.retain(|it| it.id != id);
        self.write_questions(&all)
    }

    fn who_changed(&self, at: CommitId, path: &str) -> Result<Option<Who>, StoreError> {
        let Ok(Some(path)) = RecordPath::of(path) else { return Ok(None) };
        let entry = self.last_change(at, &path)?;
        Ok(entry.map(|it| Who { name: it.author.name, at: it.time, commit: it.id }))
    }

    fn write_questions(&self, all: &[Waiting]) -> Result<(), StoreError> {
        let path = self.questions_file();
        private_dir(self.dir()).map_err(io_at(self.dir()))?;
        let bytes = serde_json::to_vec_pretty(all)
            .map_err(|error| io_at(&path)(io::Error::other(error.to_string())))?;
        durable::keep(&path, &bytes).map_err(io_at(&path))
    }

    fn questions_file(&self) -> PathBuf {
        self.dir().join("questions.json")
    }
}
