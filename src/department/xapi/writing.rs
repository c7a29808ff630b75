//! Statements as a file: one a line (`.ndjson`, `.jsonl`), or one JSON list (`.json`). The file is there whole or not at
//! all.

use crate::base::files::Staged;
use serde_json::Value;
use std::io::{self, BufWriter, Write};
use std::path::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Lines,
    List,
}

impl Form {
    /// By the end of the file's name.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "ndjson" | "jsonl" => Some(Self::Lines),
            "json" => Some(Self::List),
            _ => None,
        }
    }
}

/// A file of statements under way; nothing is seen of it before [`Statements::publish`].
pub struct Statements {
    form: Form,
    staged: Staged,
    buffer: Vec<u8>,
    pub count: u64,
}

const BUFFER_BYTES: usize = 1 << 20;

impl Statements {
    pub fn beside(target: &Path, form: Form) -> io::Result<Self> {
        Ok(Self { form, staged: Staged::beside(target)?, buffer: Vec::new(), count: 0 })
    }

    pub fn add(&mut self, statement: &Value) -> io::Result<()> {
        let before: &[u8] = match (self.form, self.count) {
            (Form::Lines, _) => b"",
            (Form::List, 0) => b"[\n",
            (Form::List, _) => b",\n",
        };
        self.buffer.extend_from_slice(before);
        serde_json::to_writer(&mut self.buffer, statement)?;
        if self.form == Form::Lines {
            self.buffer.push(b'\n');
        }
        self.count += 1;
        if self.buffer.len() >= BUFFER_BYTES {
            self.staged.file().write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    pub fn publish(mut self) -> io::Result<u64> {
        match (self.form, self.count) {
            (Form::Lines, _) => {}
            (Form::List, 0) => self.buffer.extend_from_slice(b"[]\n"),
            (Form::List, _) => self.buffer.extend_from_slice(b"\n]\n"),
        }
        let mut file = BufWriter::new(self.staged.file());
        file.write_all(&self.buffer)?;
        file.flush()?;
        drop(file);
        self.staged.publish()?;
        Ok(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_and_lines_are_read_back() {
        let dir = tempfile::tempdir().expect("temporary folder");
        for count in [0, 1, 3] {
            for name in ["a.json", "a.ndjson"] {
                let path = dir.path().join(name);
                let form = Form::of(&path).expect("form");
                let mut statements = Statements::beside(&path, form).expect("staged");
                let written: Vec<Value> = (0..count).map(|n| json!({ "id": n })).collect();
                written.iter().for_each(|s| statements.add(s).expect("added"));
                assert_eq!(statements.publish().expect("published"), count);
                let text = std::fs::read_to_string(&path).expect("read");
                let read: Vec<Value> = match form {
                    Form::List => serde_json::from_str(&text).expect("a list"),
                    Form::Lines => text.lines().map(|line| serde_json::from_str(line).expect("a line")).collect(),
                };
                assert_eq!(read, written);
            }
        }
        assert_eq!(Form::of(Path::new("a.csv")), None);
    }
}
