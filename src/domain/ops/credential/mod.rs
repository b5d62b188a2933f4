//! What can be done with a fob or passcode.

pub mod add;
pub mod edit;
pub mod grant;
pub mod held;
pub mod lose;
pub mod many;
pub mod replace;
pub mod revoke;
pub mod sponsor;
pub mod ungrant;

pub(in crate::domain) use add::obstacles;
pub use add::{Add, add};
pub use edit::{Edit, edit};
pub use grant::grant;
pub use held::Held;
pub use lose::lose;
pub use many::{Many, edit_many, grant_many, ungrant_many};
pub use replace::{Replace, replace};
pub use revoke::{Which, revoke};
pub use sponsor::{GUEST, NoPass, Sponsor, guests, sponsor};
pub use ungrant::ungrant;

use super::{Refusal, look_up};
use crate::domain::{
    model::{Advice, CodeHash, CredentialType, MemberId},
    records::Records,
};

/// Refuses a code that another member holds, since a code of two members opens nothing.
fn refuse_held_code(
    records: &dyn Records,
    id: MemberId,
    kind: CredentialType,
    code: &CodeHash,
) -> Result<(), Refusal> {
    let Some((other, tag)) = records.holders(code).into_iter().find(|(other, _)| *other != id)
    else {
        return Ok(());
    };
    let who = look_up::who(records, other);
    Err(Refusal::new(format!("this {kind} belongs to {who} (tag {tag})"))
        .hint(Advice::RevokeCredential(tag)))
}
