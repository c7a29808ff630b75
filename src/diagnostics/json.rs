//! Problems as JSON for other programs: one object a problem, in an array.

use super::Problem;
use serde_json::{Value, json};

pub fn render(problems: &[Problem]) -> Value {
    problems
        .iter()
        .map(|p| {
            json!({
                "file": p.place.file,
                "line": p.place.at.map(|at| at.line),
                "column": p.place.at.map(|at| at.column),
                "key_path": p.place.key_path,
                "severity": p.severity.word(),
                "code": p.code,
                "message": {"vi": p.message.vi, "en": p.message.en},
                "hint": {"vi": p.hint.vi, "en": p.hint.en},
            })
        })
        .collect()
}
