//! In which order the problems of a gazetteer are told, and where they stand: causes first, in the order in which the
//! tables lead to one another, each with its cell; the same slip in many rows once; what could not be checked for them in
//! one line a file.

use super::cells::cell_name;
use super::reading::{FILES, Where};
use crate::diagnostics::{Findings, Place, Problem, Said, Severity};
use std::collections::BTreeMap;

pub const NOT_CHECKED: &str = "not-checked";
/// The same problem is told so many times before its cells are listed instead.
pub const MOST_ALIKE: usize = 3;
/// So many cells are named in one problem.
const MOST_CELLS: usize = 20;

/// Notes that a row leads to one that was left out; whether it is right nobody can tell yet.
pub fn not_checked(at: Place, findings: &mut Findings) {
    let (message, hint) = (Said::default(), Said::default());
    findings.add(Problem { place: at, severity: Severity::Warning, code: NOT_CHECKED, message, hint });
}

pub fn in_order(findings: Findings, columns: &Where) -> Vec<Problem> {
    let (follow, mut problems): (Vec<_>, Vec<_>) =
        findings.into_sorted().into_iter().partition(|problem| problem.code == NOT_CHECKED);
    let rank = |file: &str| FILES.iter().position(|(known, _)| *known == file);
    problems.sort_by_key(|problem| rank(&problem.place.file));
    for problem in &mut problems {
        let place = &mut problem.place;
        let column = columns.iter().find(|((file, name), _)| *file == place.file && *name == place.key_path);
        if let (Some(at), Some((_, column))) = (&mut place.at, column) {
            at.column = column + 1;
            place.cell = format!("{} · {}", cell_name(*column, at.line), place.key_path);
        }
    }
    let mut problems = alike_together(problems);
    let mut lines: BTreeMap<(Option<usize>, String), std::collections::BTreeSet<usize>> = BTreeMap::new();
    for problem in follow {
        let line = problem.place.at.map_or(0, |at| at.line);
        lines.entry((rank(&problem.place.file), problem.place.file)).or_default().insert(line);
    }
    problems.extend(lines.into_iter().map(|((_, file), lines)| left_open(file, lines.len())));
    problems
}

/// A slip that a whole column has stands once, where it is first, so that the others are seen.
fn alike_together(problems: Vec<Problem>) -> Vec<Problem> {
    let key = |p: &Problem| (p.code, p.place.file.clone(), p.place.key_path.clone(), p.message.clone());
    let mut cells: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for problem in &problems {
        let cell = problem.place.cell.split(' ').next().unwrap_or_default().to_owned();
        cells.entry(key(problem)).or_default().push(cell);
    }
    cells.retain(|_, cells| cells.len() > MOST_ALIKE);
    let mut told = std::collections::BTreeSet::new();
    let mut together = Vec::with_capacity(problems.len());
    for mut problem in problems {
        let key = key(&problem);
        if let Some(cells) = cells.get(&key) {
            if !told.insert(key) {
                continue;
            }
            let others = &cells[1..];
            let named = others.iter().take(MOST_CELLS).cloned().collect::<Vec<_>>().join(", ");
            let more = if others.len() > MOST_CELLS { ", …" } else { "" };
            problem.message.vi += &format!(" Còn {} ô như vậy: {named}{more}.", others.len());
            problem.message.en += &format!(" So are {} more cells: {named}{more}.", others.len());
        }
        together.push(problem);
    }
    together
}

fn left_open(file: String, lines: usize) -> Problem {
    let message = Said::new(
        format!("{lines} dòng chưa kiểm tra hết, vì dựa vào bảng hoặc dòng có lỗi ở trên."),
        format!("{lines} lines are not wholly checked: they rest on tables or lines with errors above."),
    );
    let hint = Said::new("Sửa các lỗi ở trên rồi kiểm tra lại.", "Mend what stands above, then check again.");
    Problem { place: Place::file(file), severity: Severity::Warning, code: NOT_CHECKED, message, hint }
}
