//! What a new space, or a clone of one, starts with.

mod hooks;
mod schemas;
mod template;

pub use hooks::{HOOKS, install as install_hooks};
pub use schemas::with_schemas;
pub use template::files as template_files;
