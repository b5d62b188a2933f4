//! What a new space, or a clone of one, starts with.

mod hooks;
mod template;

pub use hooks::{HOOKS, install as install_hooks};
pub use template::files as template_files;
