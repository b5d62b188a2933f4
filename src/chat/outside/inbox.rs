//! Where threads tell the machine what happens.

use crate::{chat::Input, service};

/// Where threads tell the machine what happens, until the program ends.
pub(in crate::chat) type Inbox = service::Inbox<Input>;
