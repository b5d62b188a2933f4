//! The addresses of these pages, and the names of fields that several of them share.

/// The address of the form.
pub(super) const PATH: &str = "/register";
/// The address of the form for a child.
pub(super) const CHILD: &str = "/add_child";
/// The address of the page that the link in the mail leads to.
pub(super) const CONFIRM: &str = "/register/confirm";

/// The box that says that there are (more) children.
pub(super) const MORE: &str = "children";
/// The fields with the names of the children so far.
pub(super) const NAMES: &str = "child-names";
/// The fields with their births.
pub(super) const BIRTHS: &str = "child-births";
