//! The fields of a form, as they were sent.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

/// Fields by name. A name that comes several times, as checkboxes do, has several values.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Fields(BTreeMap<String, Vec<String>>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let body = Bytes::from_request(request, state).await.map_err(|it| it.into_response())?;
        let mut fields = Self::default();
        // What is sent counts; what is in the address only fills in the form.
        let text = if body.is_empty() { query.as_bytes() } else { &body[..] };
        for (name, value) in form_urlencoded::parse(text) {
            fields.add(&name, &value);
        }
        Ok(fields)
    }
}

impl Fields {
    /// Adds a value.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }

    /// Sets a field to one value.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), vec![value.to_owned()]);
    }

    /// Removes a field.
    pub(super) fn remove(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).and_then(|values| values.into_iter().next_back())
    }

    /// Returns a field as it was sent; empty if it was not.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.last()).map_or("", String::as_str)
    }

    /// Returns a field without blanks around it, unless it is missing or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|value| !value.is_empty())
    }

    /// Returns all values of a field.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Tells whether a box was ticked.
    pub(super) fn is_ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Tells whether nothing was sent.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Carries all fields on to the next form, unseen.
    pub(super) fn hidden(&self) -> Markup {
        html! {
            @for (name, values) in &self.0 {
                @for value in values { input type="hidden" name=(name) value=(value); }
            }
        }
    }

    /// A labelled line to type in, with a hint below it.
    pub(super) fn line(&self, name: &str, label: &str, hint: &str) -> Markup {
        self.input("text", name, label, hint)
    }

    /// A labelled input of a type.
    pub(super) fn input(&self, kind: &str, name: &str, label: &str, hint: &str) -> Markup {
        let described = format!("{name}-hint");
        html! {
            label for=(name) { (label) }
            input type=(kind) id=(name) name=(name) value=(self.text(name)) autocomplete="off"
                aria-describedby=[(!hint.is_empty()).then_some(&described)];
            @if !hint.is_empty() { p.hint id=(described) { (hint) } }
        }
    }

    /// A labelled choice of one: values with what people read.
    pub(super) fn choice(&self, name: &str, label: &str, of: &[(String, String)]) -> Markup {
        html! {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for (value, words) in of {
                    option value=(value) selected[self.text(name) == value] { (words) }
                }
            }
        }
    }

    /// A box to tick.
    pub(super) fn tick(&self, name: &str, value: &str, label: &str) -> Markup {
        let ticked = self.all(name).any(|it| it == value);
        html! {
            label.choice { input type="checkbox" name=(name) value=(value) checked[ticked]; (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_shown_again_without_becoming_part_of_the_page() {
        let mut fields = Fields::default();
        fields.set("name", "\"><script>alert(1)</script>");
        for markup in [fields.hidden(), fields.line("name", "Name", "")] {
            let text = markup.into_string();
            assert!(!text.contains("<script") && text.contains("&lt;script&gt;"), "{text}");
        }
    }

    #[test]
    fn several_boxes_have_one_name() {
        let mut fields = Fields::default();
        fields.add("facility", "laser");
        fields.add("facility", "frontdoor");
        assert_eq!(fields.all("facility").collect::<Vec<_>>(), ["laser", "frontdoor"]);
        let ticked = |value| fields.tick("facility", value, "").into_string().contains("checked");
        assert!(ticked("laser") && !ticked("workshop"));
    }
}
