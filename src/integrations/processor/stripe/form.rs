//! The form of a request, field by field.

/// Fields in the order in which they were added.
pub(super) struct Form(form_urlencoded::Serializer<'static, String>);

impl Form {
    /// Makes an empty one.
    pub(super) fn new() -> Self {
        Self(form_urlencoded::Serializer::new(String::new()))
    }

    /// Adds a field.
    pub(super) fn add(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.0.append_pair(name.as_ref(), value.as_ref());
        self
    }

    /// Returns it as it is sent.
    pub(super) fn finish(mut self) -> String {
        self.0.finish()
    }
}
