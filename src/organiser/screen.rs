//! All that the tool says goes through here, in the language of whoever runs it: results to standard output,
//! complaints, progress and questions to standard error. What is JSON or a list of data is the same in all of them.

use super::failure::Failure;
use crate::command_line::Answer;
use crate::diagnostics::{Problem, Tongue, plain_text};
use std::fmt::Display;
use std::io::{self, BufRead, IsTerminal, Write};

#[derive(Clone, Copy, Debug)]
pub struct Screen {
    tongue: Tongue,
}

impl Screen {
    pub fn new(tongue: Tongue) -> Self {
        Self { tongue }
    }

    pub fn tongue(self) -> Tongue {
        self.tongue
    }

    /// A sentence or a word on one line, to be put into something longer.
    pub fn words(self, vi: &str, en: &str) -> String {
        self.tongue.say(vi, en)
    }

    /// Data: the same in every language.
    pub fn show(self, data: impl Display) {
        to_output(&format!("{data}\n"));
    }

    /// A sentence that is a result.
    pub fn tell(self, vi: &str, en: &str) {
        self.show(self.words(vi, en));
    }

    /// The same of a file or folder.
    pub fn tell_of(self, about: impl Display, vi: &str, en: &str) {
        self.show(format_args!("{about}: {}", self.words(vi, en)));
    }

    pub fn problems(self, problems: &[Problem]) {
        to_output(&plain_text::render_in(problems, self.tongue));
    }

    /// Worth knowing, but no result.
    pub fn note(self, about: impl Display, vi: &str, en: &str) {
        to_errors(&format!("{about}: {}\n", self.words(vi, en)));
    }

    pub fn complain(self, failure: &Failure) {
        let said = self.tongue.of(&failure.said);
        match failure.about.as_str() {
            "" => to_errors(&format!("{said}\n")),
            about => to_errors(&format!("{about}: {said}\n")),
        }
    }

    /// Help, or what is wrong with the command line.
    pub fn answer(self, answer: &Answer) {
        if answer.is_complaint { to_errors(&answer.text) } else { to_output(&answer.text) }
    }

    /// Which of many is being done; a line of its own.
    pub fn step(self, text: &str) {
        to_errors(&format!("{text}\n"));
    }

    /// How far something is, over the line before. Only where somebody watches.
    pub fn progress(self, text: &str) {
        if io::stderr().is_terminal() {
            to_errors(&format!("\r\x1b[K{text}"));
        }
    }

    /// The line of the progress ends here.
    pub fn progress_ends(self) {
        self.progress("");
    }

    /// An answer from the keyboard; an empty one is none.
    pub fn ask(self, vi: &str, en: &str) -> Option<String> {
        to_errors(&format!("{}: ", self.words(vi, en)));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).ok()?;
        Some(line.trim().to_owned()).filter(|line| !line.is_empty())
    }

    /// The same without showing what is typed.
    pub fn ask_hidden(self, vi: &str, en: &str) -> io::Result<String> {
        rpassword::prompt_password(format!("{}: ", self.words(vi, en)))
    }
}

// Whoever reads may have seen enough, as `head` has; that is no reason to stop.
fn to_output(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn to_errors(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
