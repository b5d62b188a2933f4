//! Fields that may be `null` and may not be left out.
//!
//! serde takes an optional field that is missing for `null`. Where `null` gives more than any value
//! would, as it does for the end of a grant, that must be what somebody wrote, not what somebody
//! forgot. So is each field of a record that lets somebody in: all of a credential and its grants,
//! `priority` and `timespec` of a requirement, `price` of a tier (`null` owes nothing). What keeps
//! somebody out who would be let in otherwise may be left out, as long as nobody set it: `left` and
//! `suspended` of a member, what a facility demands beside a priority, `arm` of a requirement, which
//! delays a hold that the priority asks for.

use serde::{Deserialize, Deserializer};

/// Reads a field that is `null` or a value; used with `deserialize_with`, it has to be there.
pub(super) fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}
