//! Where threads tell the machine what happens.

use crate::{building::Input, service};

/// Where threads tell the machine what happens, until the program ends.
pub(in crate::building) type Inbox = service::Inbox<Input>;
