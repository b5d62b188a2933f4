//! Tables of rows, with the columns that the command line has.

use maud::{Markup, html};

use crate::app::{
    report::ReportOutput,
    view::{CellStyle, Column, View},
};

/// Shows rows, or the sentence for when there are none.
pub(super) fn view<R: View>(rows: &[R]) -> Markup {
    linked(rows, R::COLUMNS, R::EMPTY, |_, _| None)
}

/// Shows rows, with a link where `link` has one for a row and the heading of a column.
pub(super) fn linked<R>(
    rows: &[R],
    columns: &[Column<R>],
    empty: &str,
    link: impl Fn(&R, &str) -> Option<String>,
) -> Markup {
    if rows.is_empty() {
        return html! { p.faint { (sentence(empty)) } };
    }
    html! {
        div.scroll tabindex="0" role="region" aria-label="Table" {
            table {
                thead { tr { @for it in columns { th scope="col" { (sentence(&it.heading.to_lowercase())) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for column in columns {
                                @let (text, style) = (column.fill)(row);
                                td class=[class(style)] {
                                    @match link(row, column.heading) {
                                        Some(url) => a href=(url) { (text) },
                                        None => (text),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Shows the table of a report, with what is below it.
pub(super) fn report<J, R>(mut report: ReportOutput<J, R>) -> Markup {
    report.rows.extend(report.total.take());
    html! {
        (linked(&report.rows, report.columns, report.empty, |_, _| None))
        (labelled(&report.below))
    }
}

/// Shows labels with their values; those without a value are left out.
pub(super) fn labelled(lines: &[(&str, String)]) -> Markup {
    let shown = || lines.iter().filter(|(_, value)| !value.is_empty());
    html! {
        @if shown().next().is_some() {
            dl {
                @for (label, value) in shown() {
                    dt { (sentence(label)) }
                    dd { @for (number, line) in value.lines().enumerate() { @if number > 0 { br; } (line) } }
                }
            }
        }
    }
}

const fn class(style: CellStyle) -> Option<&'static str> {
    match style {
        CellStyle::Plain => None,
        CellStyle::Good => Some("good"),
        CellStyle::Bad => Some("bad"),
        CellStyle::Warning => Some("warn"),
        CellStyle::Faint => Some("faint"),
    }
}

/// Begins a text with a capital letter.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view;

    #[test]
    fn nothing_in_a_row_becomes_part_of_the_page() {
        let columns: &[Column<&str>] = &[Column::new("PAID UNTIL", |it| view::text(it))];
        let page = linked(&["<script>\"'"], columns, "", |it, _| Some(format!("/x?{it}")));
        let page = page.into_string();
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("<th scope=\"col\">Paid until</th>"), "{page}");
        assert!(page.contains("href=\"/x?&lt;script&gt;&quot;'\""), "{page}");
        let empty = linked(&[], columns, "there are none", |_, _| None).into_string();
        assert_eq!(empty, "<p class=\"faint\">There are none</p>");
    }
}
