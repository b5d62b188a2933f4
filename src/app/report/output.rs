//! The content of a report, for people, spreadsheets and programs.

use crate::app::view::Column;

/// The content of a report.
#[derive(Debug)]
pub struct ReportOutput<J, R: 'static> {
    /// Everything, for programs.
    pub json: J,
    /// The rows of the table.
    pub rows: Vec<R>,
    /// A row of totals, for people only.
    pub total: Option<R>,
    /// The columns of the table.
    pub columns: &'static [Column<R>],
    /// The sentence for when there are no rows.
    pub empty: &'static str,
    /// Labelled lines below the table, for people only.
    pub below: Vec<(&'static str, String)>,
    /// The chart as SVG, if there is one.
    pub picture: Option<String>,
}

impl<J, R> ReportOutput<J, R> {
    /// Leaves out the chart.
    #[must_use]
    pub fn without_picture(self) -> Self {
        Self { picture: None, ..self }
    }
}
