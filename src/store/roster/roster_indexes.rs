//! Indexes over all members.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use crate::domain::model::{CodeHash, MemberId, RecordPath, Tag};

/// The indexes, each built when first needed.
#[derive(Debug, Default)]
pub(super) struct RosterIndexes {
    pub(super) by_code: OnceLock<HashMap<CodeHash, Vec<(MemberId, Tag)>>>,
    pub(super) by_tag: OnceLock<HashMap<Tag, Vec<RecordPath>>>,
    pub(super) by_parent: OnceLock<BTreeMap<MemberId, Vec<MemberId>>>,
}
