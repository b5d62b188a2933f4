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
pub(in crate::web) struct Fields {
    values: BTreeMap<String, Vec<String>>,
    /// The fields that are wrong, and why.
    wrong: Vec<(&'static str, String)>,
}

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
    pub(in crate::web) fn add(&mut self, name: &str, value: &str) {
        self.values.entry(name.to_owned()).or_default().push(value.to_owned());
    }

    /// Sets a field to one value.
    pub(in crate::web) fn set(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_owned(), vec![value.to_owned()]);
    }

    /// Removes a field.
    pub(in crate::web) fn remove(&mut self, name: &str) -> Option<String> {
        self.values.remove(name).and_then(|values| values.into_iter().next_back())
    }

    /// Returns a field as it was sent; empty if it was not.
    pub(in crate::web) fn text(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.last()).map_or("", String::as_str)
    }

    /// Returns a field without blanks around it, unless it is missing or empty.
    pub(in crate::web) fn get(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|value| !value.is_empty())
    }

    /// Returns all values of a field.
    pub(in crate::web) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Tells whether a box was ticked.
    pub(in crate::web) fn is_ticked(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Marks a field as wrong, so that the reason is shown beside it.
    pub(in crate::web) fn blame(&mut self, name: &'static str, why: &str) {
        self.wrong.push((name, why.to_owned()));
    }

    /// Returns why a field is wrong, if it is.
    fn why_wrong(&self, name: &str) -> Option<&str> {
        self.wrong.iter().find(|(field, _)| *field == name).map(|(_, why)| why.as_str())
    }

    /// Carries all fields on to the next form, unseen.
    pub(in crate::web) fn hidden(&self) -> Markup {
        html! {
            @for (name, values) in &self.values {
                @for value in values { input type="hidden" name=(name) value=(value); }
            }
        }
    }

    /// A labelled line to type in, with a hint below it.
    pub(in crate::web) fn line(&self, name: &str, label: &str, hint: &str) -> Markup {
        self.input("text", name, label, hint)
    }

    /// A labelled input of a type.
    pub(in crate::web) fn input(&self, kind: &str, name: &str, label: &str, hint: &str) -> Markup {
        self.own_input(kind, name, "off", label, hint)
    }

    /// A labelled input of a type for something about the person who fills it in, which browsers know
    /// by this name (HTML §4.10.18.7).
    pub(in crate::web) fn own_input(
        &self,
        kind: &str,
        name: &str,
        known_as: &str,
        label: &str,
        hint: &str,
    ) -> Markup {
        let wrong = self.why_wrong(name);
        html! {
            label for=(name) { (label) }
            input type=(kind) id=(name) name=(name) value=(self.text(name)) autocomplete=(known_as)
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[self.described(name, hint)];
            (self.below(name, hint))
        }
    }

    /// A labelled text of several lines.
    pub(in crate::web) fn area(&self, name: &str, label: &str, hint: &str) -> Markup {
        let wrong = self.why_wrong(name);
        html! {
            label for=(name) { (label) }
            textarea id=(name) name=(name) spellcheck="false"
                aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[self.described(name, hint)] { "\n" (self.text(name)) }
            (self.below(name, hint))
        }
    }

    /// A labelled choice of one: values with what people read.
    pub(in crate::web) fn choice(
        &self,
        name: &str,
        label: &str,
        of: &[(String, String)],
    ) -> Markup {
        let wrong = self.why_wrong(name);
        html! {
            label for=(name) { (label) }
            select id=(name) name=(name) aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[self.described(name, "")] {
                @for (value, words) in of {
                    option value=(value) selected[self.text(name) == value] { (words) }
                }
            }
            (self.below(name, ""))
        }
    }

    /// Names what describes a field: its hint, and what is wrong with it.
    fn described(&self, name: &str, hint: &str) -> Option<String> {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let wrong = self.why_wrong(name).map(|_| format!("{name}-wrong"));
        let all: Vec<String> = wrong.into_iter().chain(hint).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// Shows what is wrong with a field, and its hint.
    pub(in crate::web) fn below(&self, name: &str, hint: &str) -> Markup {
        html! {
            @if let Some(why) = self.why_wrong(name) {
                p.wrong id=(format!("{name}-wrong")) { (why) }
            }
            @if !hint.is_empty() { p.hint id=(format!("{name}-hint")) { (hint) } }
        }
    }

    /// One of several that exclude each other.
    pub(in crate::web) fn radio(&self, name: &str, value: &str, label: &str) -> Markup {
        html! {
            label.choice {
                input type="radio" name=(name) value=(value) checked[self.text(name) == value];
                (label)
            }
        }
    }

    /// A box to tick.
    pub(in crate::web) fn tick(&self, name: &str, value: &str, label: &str) -> Markup {
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
    fn what_is_wrong_is_said_beside_it() {
        let mut fields = Fields::default();
        fields.blame("fob", "it is Ada's");
        let text = fields.line("fob", "Fob", "as printed").into_string();
        for part in ["aria-invalid=\"true\"", "fob-wrong fob-hint", "it is Ada's"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!fields.line("tag", "Tag", "").into_string().contains("invalid"));
    }

    /// A browser drops the first line break of such a text.
    #[test]
    fn a_text_of_several_lines_comes_back_as_it_was() {
        let mut fields = Fields::default();
        fields.set("calendar", "\nBEGIN:VCALENDAR\n");
        let text = fields.area("calendar", "Calendar", "").into_string();
        assert!(text.contains(">\n\nBEGIN:VCALENDAR\n</textarea>"), "{text}");
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
