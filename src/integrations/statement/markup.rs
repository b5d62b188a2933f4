//! A tolerant reader of SGML and XML that knows only opening tags, text and closing tags.
//!
//! It never refuses anything, replaces only entities of single characters, and drops prefixes:
//! `<ns:Ntry>` is `Ntry`.

/// A piece of a document, with the line where it starts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece<'a> {
    /// `<Amt Ccy="GBP">`: the name, and the rest of the tag.
    Open(&'a str, &'a str),
    /// The text between tags, with entities replaced; never just blanks.
    Text(String),
    /// `</Amt>`; also follows immediately after `<Amt/>`.
    Close(&'a str),
}

/// Reads a document piece by piece.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    line: u32,
    /// The name of an empty element, whose closing piece is still to come.
    empty: Option<&'a str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(document: &'a str) -> Self {
        Self { rest: document, line: 1, empty: None }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        let breaks = taken.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.rest = rest;
        taken
    }

    /// Skips past an end mark, or to the end of the document.
    fn skip(&mut self, mark: &str) {
        let end = self.rest.find(mark).map_or(self.rest.len(), |at| at + mark.len());
        self.take(end);
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = (u32, Piece<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(name) = self.empty.take() {
            return Some((self.line, Piece::Close(name)));
        }
        loop {
            let blanks = self.rest.len() - self.rest.trim_start().len();
            self.take(blanks);
            let line = self.line;
            if self.rest.is_empty() {
                return None;
            } else if self.rest.starts_with("<!--") {
                self.skip("-->");
            } else if self.rest.starts_with("<![CDATA[") {
                let end = self.rest.find("]]>").unwrap_or(self.rest.len());
                let text = &self.take(end)["<![CDATA[".len()..];
                self.skip("]]>");
                if !text.trim().is_empty() {
                    return Some((line, Piece::Text(text.trim().to_owned())));
                }
            } else if self.rest.starts_with("<?") || self.rest.starts_with("<!") {
                self.skip(">");
            } else if is_tag(self.rest) {
                let end = self.rest.find('>').unwrap_or(self.rest.len() - 1);
                let tag = &self.take(end + 1)[1..end];
                if let Some(name) = tag.strip_prefix('/') {
                    return Some((line, Piece::Close(local(name).0)));
                }
                let whole = tag.strip_suffix('/');
                let (name, attributes) = local(whole.unwrap_or(tag));
                self.empty = whole.is_some().then_some(name);
                return Some((line, Piece::Open(name, attributes)));
            } else {
                let mut end = 1;
                while !self.rest.is_char_boundary(end) {
                    end += 1;
                }
                while let Some(at) = self.rest[end..].find('<') {
                    end += at;
                    if is_markup(&self.rest[end..]) {
                        break;
                    }
                    end += 1;
                }
                let end = if is_markup(&self.rest[end..]) { end } else { self.rest.len() };
                let text = self.take(end).trim();
                return Some((line, Piece::Text(plain(text))));
            }
        }
    }
}

/// Tells whether a text starts with a complete tag rather than a mere `<`.
fn is_tag(text: &str) -> bool {
    let rest = text.strip_prefix('<').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic())
            && rest.find(['<', '>']).is_some_and(|at| rest[at..].starts_with('>'))
    })
}

fn is_markup(text: &str) -> bool {
    is_tag(text) || text.starts_with("<!") || text.starts_with("<?")
}

/// Splits a tag into its name without prefix, and the rest.
fn local(tag: &str) -> (&str, &str) {
    let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    (name.rsplit(':').next().unwrap_or(name), rest)
}

/// Returns the value of an attribute.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((key, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(plain(value));
        }
        rest = after;
    }
    None
}

/// Replaces the entities of single characters; others stay unchanged.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No entity of a single character has a longer name.
        let end = rest.bytes().skip(1).take(9).position(|byte| byte == b';');
        let name = end.map(|end| &rest[1..=end]);
        match name.and_then(|name| Some((name, entity(name)?))) {
            Some((name, c)) => {
                out.push(c);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(document: &str) -> Vec<String> {
        let show = |(line, piece)| match piece {
            Piece::Open(name, "") => format!("{line} <{name}>"),
            Piece::Open(name, rest) => format!("{line} <{name}|{rest}>"),
            Piece::Text(text) => format!("{line} {text}"),
            Piece::Close(name) => format!("{line} </{name}>"),
        };
        Pieces::new(document).map(show).collect()
    }

    #[test]
    fn tags_texts_and_nothing_else() {
        assert_eq!(
            read("<?xml?>\n<a:B c=\"d\">J &amp; S &#233;&eacute; & 1 < 2\n</a:B><!-- <x> --><E/>"),
            ["2 <B|c=\"d\">", "2 J & S é&eacute; & 1 < 2", "3 </B>", "3 <E>", "3 </E>"]
        );
        assert_eq!(
            read("<A>1<B>2\n<![CDATA[ <3> ]]><C"),
            ["1 <A>", "1 1", "1 <B>", "1 2", "2 <3>", "2 <C"]
        );
        assert_eq!(read("<N>A<B LTD\n<M>x"), ["1 <N>", "1 A<B LTD", "2 <M>", "2 x"]);
        assert_eq!(attribute("x='1' Ccy = \"GBP\"", "Ccy"), Some("GBP".into()));
        assert_eq!(attribute("Ccy=GBP", "Ccy"), None);
    }

    proptest! {
        #[test]
        fn any_document_is_read_to_its_end(document in "(<|>|/|&|;|#|!|-|\\[|a|é|\n|<!--|<!\\[CDATA\\[|\\]\\]>){0,40}") {
            prop_assert!(Pieces::new(&document).count() <= document.len() * 2);
        }
    }
}
