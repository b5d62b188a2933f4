//! The elements of every chart.

use std::fmt::{Display, Write as _};

use crate::domain::model::{Money, text::readable};

/// The style, for light and dark. It uses only plain values, which every program knows.
const STYLE: &str = "\
svg{font-family:system-ui,'Segoe UI',Roboto,'Helvetica Neue',sans-serif;font-size:13px}
.paper{fill:#ffffff}.ink{fill:#1f2328}.faint{fill:#59636e}.grid{stroke:#d1d9e0}
.s0{fill:#0969da}.s1{fill:#bc4c00}.s2{fill:#1a7f37}.s3{fill:#8250df}
.l0{stroke:#0969da}.l1{stroke:#bc4c00}.l2{stroke:#1a7f37}.l3{stroke:#8250df}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round}.head{font-size:17px;font-weight:600}
@media (prefers-color-scheme:dark){
.paper{fill:#0d1117}.ink{fill:#f0f6fc}.faint{fill:#9198a1}.grid{stroke:#3d444d}
.s0{fill:#4493f8}.s1{fill:#f0883e}.s2{fill:#3fb950}.s3{fill:#ab7df8}
.l0{stroke:#4493f8}.l1{stroke:#f0883e}.l2{stroke:#3fb950}.l3{stroke:#ab7df8}}
";

/// The number of colours.
pub(super) const COLOURS: usize = 4;

/// A picture under construction; lengths are in pixels.
pub(super) struct Picture {
    size: (f64, f64),
    title: String,
    body: String,
}

/// Which point of a text is at its position.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Picture {
    /// Starts a picture with a heading.
    pub(super) fn new(title: &str, width: f64, height: f64) -> Self {
        let mut picture = Self { size: (width, height), title: title.into(), body: String::new() };
        picture.text((20.0, 30.0), Anchor::Start, "ink head", title);
        picture
    }

    /// Adds a text.
    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.add(format_args!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{}</text>",
            at.0,
            at.1,
            escaped(text)
        ));
    }

    /// Adds a box with a tooltip.
    pub(super) fn area(
        &mut self,
        at: (f64, f64),
        size: (f64, f64),
        class: &str,
        share: f64,
        tooltip: &str,
    ) {
        self.add(format_args!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\" \
             class=\"{class}\" fill-opacity=\"{share:.2}\"><title>{}</title></rect>",
            at.0,
            at.1,
            size.0,
            size.1,
            escaped(tooltip)
        ));
    }

    /// Adds a straight line of the grid.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.add(format_args!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" class=\"grid\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    /// Adds a line through points, with a dot and a tooltip on each.
    pub(super) fn line(&mut self, colour: usize, points: &[((f64, f64), String)]) {
        let places: Vec<_> = points.iter().map(|(place, _)| *place).collect();
        self.curve(colour, &places);
        for ((x, y), tooltip) in points {
            self.add(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" class=\"s{colour}\"><title>{}</title>\
                 </circle>",
                escaped(tooltip)
            ));
        }
    }

    /// Adds a line through many points.
    pub(super) fn curve(&mut self, colour: usize, points: &[(f64, f64)]) {
        let places: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let places = places.join(" ");
        self.add(format_args!("<polyline class=\"line l{colour}\" points=\"{places}\"/>"));
    }

    /// Returns the file.
    pub(super) fn finish(self) -> String {
        let Self { size: (width, height), title, body } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
             <title>{}</title>\n<style>\n{STYLE}</style>\n\
             <rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n{body}</svg>\n",
            escaped(&title)
        )
    }

    fn add(&mut self, element: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.body, "{element}");
    }
}

/// Escapes a text for use in an element or an attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in readable(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // XML cannot represent these.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

/// Converts a number to a position; the loss of precision is invisible.
#[expect(clippy::cast_precision_loss, reason = "pixels are coarser")]
pub(super) const fn to_f64(number: Money) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_breaks_out_of_its_place() {
        assert_eq!(escaped("<&\"'>\u{1b}\u{ffff}"), "&lt;&amp;&quot;&#39;&gt;\u{fffd}\u{fffd}");
        let mut picture = Picture::new("</title><script>", 10.0, 10.0);
        picture.area((0.0, 0.0), (1.0, 1.0), "s0", 1.0, "\"><b>");
        picture.line(0, &[((1.0, 1.0), "]]>".into())]);
        let text = picture.finish();
        assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains("]]>"));
    }
}
