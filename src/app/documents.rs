//! The texts that whoever joins agrees to: `joining/house-rules.txt` and `joining/privacy.txt` beside
//! the records, or in a folder for a language (`joining/de/`).

use crate::{
    domain::model::Language,
    store::{Revision, StoreError, StoredText},
};

/// A text to agree to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Document {
    /// The rules of the house.
    HouseRules,
    /// What happens to personal data.
    Privacy,
}

impl Document {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::HouseRules, Self::Privacy];

    /// Returns its short name, as in the name of its file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HouseRules => "house-rules",
            Self::Privacy => "privacy",
        }
    }

    /// Reads it in a language, or else as it is for everybody; `None` if the space has not written
    /// it.
    ///
    /// # Errors
    /// The repository is damaged there.
    pub fn read(
        self,
        head: &Revision<'_>,
        language: Language,
    ) -> Result<Option<StoredText>, StoreError> {
        let name = self.name();
        for path in [format!("joining/{language}/{name}.txt"), format!("joining/{name}.txt")] {
            let found = head.text(&path).map_err(|it| StoreError::Refused(vec![it]))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}
