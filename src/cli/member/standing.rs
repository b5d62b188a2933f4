//! How standings look in tables.

use crate::{cli::output::table::Look, domain::dues::Standing};

/// Returns the look of a standing in a table.
#[must_use]
pub(super) const fn look(standing: Standing) -> Look {
    match standing {
        Standing::Good => Look::Good,
        Standing::Lapsed => Look::Odd,
        Standing::Suspended => Look::Bad,
        Standing::Left => Look::Faint,
    }
}
