//! A page for printing: HTML that stands alone, without scripts.

use crate::diagnostics::Tongue;

/// A whole page around a body that is HTML already.
pub fn page(title: &str, body: &str, tongue: Tongue) -> String {
    let title = escaped(title);
    let language = if tongue == Tongue::English { "en" } else { "vi" };
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>\n\
         body{{font:11pt/1.4 sans-serif;margin:2em}}\ntable{{border-collapse:collapse;width:100%}}\n\
         th,td{{border:1px solid #999;padding:3px 6px;text-align:left;vertical-align:top}}\n\
         del{{background:#fdd}}\nins{{background:#dfd;text-decoration:none}}\ntr{{page-break-inside:avoid}}\n\
         @page{{margin:15mm}}\n</style>\n<h1>{title}</h1>\n{body}</html>\n"
    )
}

/// Text that may stand in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A table; the first row is its head.
pub fn table(rows: &[Vec<String>]) -> String {
    let row = |cells: &Vec<String>, kind: &str| {
        let cells: String = cells.iter().map(|cell| format!("<{kind}>{}</{kind}>", escaped(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String =
        rows.iter().enumerate().map(|(index, cells)| row(cells, if index == 0 { "th" } else { "td" })).collect();
    format!("<table>\n{rows}</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_no_markup() {
        assert_eq!(table(&[vec!["<a>".to_owned()]]), "<table>\n<tr><th>&lt;a&gt;</th></tr>\n</table>\n");
    }
}
