//! Elements of an XML document as small trees, one for each requested element.

use super::markup::{Piece, Pieces};

/// Elements nested more deeply are skipped.
const DEEPEST: usize = 24;

/// An element with its content.
#[derive(Debug, Default)]
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a str,
    /// The line where it starts.
    pub(super) line: u32,
    /// Whether its closing tag was found.
    pub(super) closed: bool,
    texts: Vec<String>,
    children: Vec<Self>,
}

impl<'a> Element<'a> {
    /// Returns the text directly inside it.
    pub(super) fn text(&self) -> String {
        self.texts.join(" ")
    }

    /// Returns the elements with a name directly inside it.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element<'a>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the first element at a path such as `Refs/EndToEndId`.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |element, name| {
            element.children.iter().find(|child| child.name == name)
        })
    }
}

/// Returns all elements with one of the `wanted` names, and whether the document is complete, which
/// the closing tag of its `root` shows. None of the wanted is inside itself or an earlier one.
pub(super) fn elements<'a>(
    document: &'a str,
    wanted: &[&str],
    root: &str,
) -> (Vec<Element<'a>>, bool) {
    let (mut found, mut ended) = (Vec::new(), false);
    let mut open: Vec<Element<'a>> = Vec::new();
    let mut deeper = 0_usize;
    for (line, piece) in Pieces::new(document) {
        // One that is never closed must not swallow those below.
        let place = |name: &str| wanted.iter().position(|it| *it == name);
        if let Piece::Open(name, _) = &piece
            && let Some(outer) = open.first()
            && place(name).is_some_and(|inner| Some(inner) >= place(outer.name))
        {
            deeper = 0;
            fold(&mut open, 1);
            found.append(&mut open);
        }
        match piece {
            Piece::Open(name, attributes) if !open.is_empty() || wanted.contains(&name) => {
                if open.len() < DEEPEST {
                    open.push(Element { name, attributes, line, ..Element::default() });
                } else {
                    deeper += 1;
                }
            }
            Piece::Text(text) if deeper == 0 => {
                if let Some(element) = open.last_mut() {
                    element.texts.push(text);
                }
            }
            Piece::Close(name) if deeper > 0 && open.iter().all(|it| it.name != name) => {
                deeper -= 1;
            }
            Piece::Close(name) => {
                ended |= name == root;
                // A tag that closes an outer element also closes those inside it.
                if let Some(at) = open.iter().rposition(|element| element.name == name) {
                    deeper = 0;
                    close(&mut open, at, &mut found);
                }
            }
            _ => {}
        }
    }
    if !open.is_empty() {
        fold(&mut open, 1);
        found.append(&mut open);
    }
    (found, ended)
}

/// Closes the element at a depth, and those inside it.
fn close<'a>(open: &mut Vec<Element<'a>>, at: usize, found: &mut Vec<Element<'a>>) {
    fold(open, at + 1);
    let Some(mut element) = open.pop() else { return };
    element.closed = true;
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => found.push(element),
    }
}

/// Moves the elements from a depth on into their parents.
fn fold(open: &mut Vec<Element<'_>>, from: usize) {
    while open.len() > from {
        if let Some(element) = open.pop()
            && let Some(parent) = open.last_mut()
        {
            parent.children.push(element);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_anywhere() {
        let (found, ended) = elements("<D><x:N a='1'>\n<B>1</B><B>2<C/></N><N><B>3", &["N"], "D");
        assert!(!ended && found.len() == 2);
        assert_eq!((found[0].line, found[0].closed, found[1].closed), (1, true, false));
        let texts: Vec<_> = found[0].all("B").map(Element::text).collect();
        assert_eq!(texts, ["1", "2"]);
        assert!(found[0].at("B/C").is_none(), "the first B has no C");
        assert!(elements("<D></D>", &["N"], "D").1);
        let (found, _) = elements("<D><N><A><B>1</B><N><B>2</B></N><N/></D>", &["N"], "D");
        let closed: Vec<bool> = found.iter().map(|element| element.closed).collect();
        assert_eq!(closed, [false, true, true], "none is lost in another");
        let (found, _) = elements("<A><I>1</I><N><A><I>2</I></A></N></D>", &["A", "N"], "D");
        let names: Vec<_> = found.iter().map(|element| (element.name, element.closed)).collect();
        assert_eq!(names, [("A", false), ("N", true)]);
    }

    #[test]
    fn no_depth_is_too_deep() {
        let document = format!("<N>{}<A>1</A></N>", "<B>".repeat(100_000));
        let (found, _) = elements(&document, &["N"], "D");
        assert!(found.len() == 1 && found[0].closed);
    }
}
